package dev.gserver.bench;
final class Report { static void write() {} }
