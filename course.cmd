@echo off
rem Starts the course's tools, from any folder: course help. Builds them first if they are older than their sources.
setlocal
set "home=%~dp0"
set "jar=%home%docs\tools\target\course.jar"
if defined JAVA_HOME (set "java=%JAVA_HOME%\bin\java.exe") else (for %%j in (java.exe) do set "java=%%~$PATH:j")
if not exist "%java%" echo course: there is no java.exe; expected a JDK, 17 or newer, on the PATH or in JAVA_HOME>&2& exit /b 1
if not exist "%jar%" call :build || exit /b 1
call :start %*
rem The jar says with this exit code that a source is newer, before it does anything.
if not %errorlevel% == 86 exit /b %errorlevel%
del "%jar%" 2>nul
if exist "%jar%" (echo course: the tools have changed, but another course runs: this is the old one>&2) else call :build || exit /b 1
set "COURSE_BUILT=true"
call :start %*
exit /b %errorlevel%

:build
rem One at a time: the folder is there while one builds.
set "lock=%home%docs\tools\.building"
set /a tries=0
:wait
md "%lock%" 2>nul && goto make
set /a tries+=1
if %tries% == 1 echo course: waiting for another course that builds (%lock%)>&2
if %tries% lss 300 (ping -n 2 127.0.0.1 >nul & goto wait)
:make
if exist "%jar%" (rd "%lock%" & exit /b 0)
echo course: building docs/tools ...>&2
pushd "%home%" & call mvnw.cmd -q -B -ntp -f docs\tools package -DskipTests>&2
if errorlevel 1 (popd & rd "%lock%" & echo course: docs/tools does not build>&2 & exit /b 1)
popd & rd "%lock%" & exit /b 0

:start
set "COURSE_JAVA_TOOL_OPTIONS=%JAVA_TOOL_OPTIONS%" & set "COURSE_JDK_JAVA_OPTIONS=%JDK_JAVA_OPTIONS%"
setlocal & set "JAVA_TOOL_OPTIONS=" & set "JDK_JAVA_OPTIONS="
"%java%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Dcourse.checks=true -jar "%jar%" %*
exit /b %errorlevel%
