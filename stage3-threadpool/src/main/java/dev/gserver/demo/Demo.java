package dev.gserver.demo;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A guided tour of one layer: a small client does things to a server, and the trace shows what happens. One thread. */
public final class Demo {
    private static final Map<String, Scene> SCENES = new LinkedHashMap<>();

    static {
        SCENES.put("listen", new ListenDemo());
        SCENES.put("epoll", new EpollDemo());
        SCENES.put("threadpool", new ThreadPoolDemo());
    }

    private Demo() {}

    /** The layers that can be shown, the newest last. */
    public static List<String> layers() {
        return List.copyOf(SCENES.keySet());
    }

    /** The layer that this stage adds. */
    public static String newest() {
        return layers().get(SCENES.size() - 1);
    }

    /**
     * Shows {@code layer} on {@code out}.
     *
     * @param allLayers shows the steps of the layers below it too
     * @throws IllegalStateException if something did not happen as it should have
     */
    public static void run(String layer, boolean allLayers, PrintStream out) throws Exception {
        try (Narrator narrator = new Narrator(out, allLayers)) {
            SCENES.get(layer).play(narrator);
        }
    }
}
