package dev.gserver.tools.trace;

/** What the trace, or the demo between its steps, has printed: one line, or some that belong together. */
sealed interface Item permits Step, Remark {}
