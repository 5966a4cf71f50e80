package dev.gserver.tools.exercise;

import dev.gserver.tools.common.JavaSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Cuts bodies out of a source file. Everything around them stays as it is, comments included. */
public final class Cutter {
    private Cutter() {}

    /**
     * The file's text with holes.
     *
     * @param names of the bodies to cut
     * @param what says in a line what a body has to do
     */
    public static String cut(JavaSource source, Collection<String> names, Function<Body, String> what) {
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (Body body : Body.in(List.of(source))) {
            if (names.contains(body.name())) {
                out.append(source.text(), done, body.start()).append(Hole.in(body, what.apply(body)));
                done = body.end();
            }
        }
        return out + source.text().substring(done);
    }
}
