package dev.gserver.bench;

final class TimerRun {
    public static void main(String[] a) {}
}
