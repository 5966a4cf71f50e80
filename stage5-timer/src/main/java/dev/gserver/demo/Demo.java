package dev.gserver.demo;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A guided tour of one layer: a small client does things to a server, and the trace shows what happens. One thread. */
public final class Demo {
    private final Map<String, Scene> scenes = new LinkedHashMap<>();
    private final boolean allLayers; // shows the steps of the layers below the scene's too

    /** A tour of every layer of this stage. */
    public Demo(DemoServer.Starter starter, boolean allLayers) {
        this.allLayers = allLayers;
        scenes.put("listen", new ListenDemo());
        scenes.put("epoll", new EpollDemo(starter));
        scenes.put("threadpool", new ThreadPoolDemo(starter));
        scenes.put("send", new SendDemo(starter));
        scenes.put("timer", new TimerDemo(starter));
    }

    /** The layers that can be shown, the newest last. */
    public List<String> layers() {
        return List.copyOf(scenes.keySet());
    }

    /** The layer that this stage adds. */
    public String newest() {
        return layers().get(scenes.size() - 1);
    }

    /**
     * Shows {@code layer} on {@code out}.
     *
     * @throws IllegalStateException if something did not happen as it should have
     */
    public void run(String layer, PrintStream out) throws Exception {
        try (Narrator narrator = new Narrator(out)) {
            narrator.showAll(allLayers);
            scenes.get(layer).play(narrator);
        }
    }
}
