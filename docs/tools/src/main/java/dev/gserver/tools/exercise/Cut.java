package dev.gserver.tools.exercise;

import java.util.List;
import java.util.Set;

/**
 * A file with holes.
 *
 * @param todos the bodies that are missing, in the order of the file
 * @param given methods that are new and there ready
 */
record Cut(String text, List<Todo> todos, Set<String> given) {}
