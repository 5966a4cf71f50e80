package dev.gserver.tools.race;

import dev.gserver.tools.common.Sentences;
import java.util.List;

/**
 * A race that docs/races has looked for, as it has written it down.
 *
 * @param chapter the page and section that tells why the code is as it is
 * @param sentence what that section says and the wrong version breaks
 * @param scenario what has found it
 * @param scene where that is
 * @param schedules how many orders of steps it took
 * @param lost what the person in front of it has lost
 * @param prevents the line of the right version without which this happens
 * @param patch what is wrong, as a unified diff on the stage
 */
record Race(
        String name,
        String title,
        int stage,
        String chapter,
        String sentence,
        String scenario,
        Scene scene,
        boolean found,
        double seconds,
        int schedules,
        String lost,
        Line prevents,
        List<String> threads,
        String patch,
        String expected,
        String got,
        List<Event> events) {

    /** The file of the scenario, and what happens in it; "": its code says that. */
    record Scene(String file, String story) {
        private Scene told(Sentences language) {
            return new Scene(file, language.of(story));
        }
    }

    /** A line of a file of the repository. */
    record Line(String file, int line, String text) {}

    /**
     * What one thread does before another goes on.
     *
     * @param thread index into the names
     * @param depth how many calls it lies in
     * @param kind call, return, read, write, lock, unlock, wait, signal, switch or result
     * @param file where that stands in the wrong version; null for what stands nowhere
     * @param value what came of it, or null
     * @param step of the notes, or null
     */
    record Event(int thread, int depth, String kind, String what, String file, int line, String value, String step) {
        /** Its class with the line, or "". */
        String place() {
            return file == null ? "" : file.replaceAll("^.*/|\\.java$", "") + ":" + line;
        }

        String text() {
            String result = value == null ? "" : (kind.equals("write") ? " = " : " -> ") + value;
            boolean isMonitor = kind.endsWith("lock") && !what.contains("lock"); // of a synchronized block
            return step == null ? (isMonitor ? kind + " " : "") + what + result : "[" + step + "]";
        }
    }

    /** Whether no order of steps shows it, only jcstress. */
    boolean isOfMemory() {
        return events.isEmpty();
    }

    /** The same, told in Chinese. */
    Race told(String newTitle, String newChapter, String newSentence, String newLost) {
        Sentences chinese = new Sentences("dev.gserver.tools.race.sentences");
        return new Race(
                name,
                newTitle,
                stage,
                newChapter,
                newSentence,
                scenario,
                scene.told(chinese),
                found,
                seconds,
                schedules,
                newLost,
                prevents,
                threads,
                patch,
                chinese.of(expected),
                chinese.of(got),
                events);
    }

    /** The events that tell why something is lost. */
    List<Event> steps() {
        return new Essence(events).indices().stream().map(events::get).toList();
    }
}
