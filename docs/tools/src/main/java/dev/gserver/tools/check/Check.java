package dev.gserver.tools.check;

import java.io.IOException;
import java.util.List;

/** Some of what the course promises, and whether it is so. */
interface Check {
    List<Verdict> verdicts() throws IOException, InterruptedException;
}
