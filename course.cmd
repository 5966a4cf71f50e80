@echo off
rem Starts the course's tools, from any folder: course help. Builds them first if they are older than their sources.
setlocal
set "target=%~dp0docs\tools\target"
if defined JAVA_HOME (set "java=%JAVA_HOME%\bin\java.exe") else (for %%j in (java.exe) do set "java=%%~$PATH:j")
if not exist "%java%" echo course: there is no java.exe; expected a JDK, 17 or newer, on the PATH or in JAVA_HOME>&2& exit /b 1
if exist "%target%\course.jar" goto run
:build
rem In a folder of its own, and then put in place: another course may build too. Windows leaves a jar alone that runs.
set "own=%target%\build-%time:~-2%%random%"
md "%own%" 2>nul || (echo course: docs/tools cannot be written to, and the tools have to be built there>&2& exit /b 1)
echo course: building docs/tools ...>&2
call "%~dp0mvnw.cmd" -q -B -ntp -f "%~dp0docs\tools" package -DskipTests "-Dcourse.target=%own%">&2
if errorlevel 1 rd /s /q "%own%" & echo course: docs/tools does not build>&2& exit /b 1
md "%target%\lib" 2>nul
for %%j in ("%own%\lib\*.jar") do move /y "%%~j" "%target%\lib">nul 2>nul
move /y "%own%\course.jar" "%target%">nul 2>nul || echo course: another course runs: until it ends, the tools stay as they were>&2
rd /s /q "%own%"
set "COURSE_BUILT=true"
:run
rem What is meant for the stage's JVM is put aside for it. With exit code 86 the jar says that a source is newer.
setlocal
set "COURSE_JAVA_TOOL_OPTIONS=%JAVA_TOOL_OPTIONS%" & set "JAVA_TOOL_OPTIONS="
set "COURSE_JDK_JAVA_OPTIONS=%JDK_JAVA_OPTIONS%" & set "JDK_JAVA_OPTIONS="
"%java%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Dcourse.checks=true -jar "%target%\course.jar" %*
if not %errorlevel% == 86 exit /b %errorlevel%
endlocal & goto build
