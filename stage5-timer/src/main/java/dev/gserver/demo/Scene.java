package dev.gserver.demo;

/** What is shown of one layer. */
interface Scene {
    void play(Narrator narrator) throws Exception;
}
