package dev.gserver.tools.common;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The Chinese of what another program has said in English: a bundle has each of its sentences, with places for values. */
public final class Sentences {
    private final Map<Pattern, String> chinese = new LinkedHashMap<>(); // by the English

    public Sentences(String bundle) {
        Map<String, String> texts = Texts.CHINESE.of(bundle).all("");
        Texts.ENGLISH.of(bundle).all("").forEach((key, text) -> chinese.put(pattern(text), texts.get(key)));
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(
                Stream.of(text.split("\\{\\d}", -1)).map(Pattern::quote).collect(Collectors.joining("(.+)")));
    }

    /** A sentence in Chinese, its values too; empty if the bundle has none like it. */
    public Optional<String> find(String english) {
        return chinese.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey().matcher(english), entry.getValue()))
                .filter(entry -> entry.getKey().matches())
                .findFirst()
                .map(entry -> Texts.fill(entry.getValue(), values(entry.getKey())));
    }

    private Object[] values(Matcher english) {
        return IntStream.rangeClosed(1, english.groupCount())
                .mapToObj(english::group)
                .map(this::of)
                .toArray();
    }

    /** A sentence in Chinese; what the bundle does not have stays as it is. */
    public String of(String english) {
        return find(english).orElse(english);
    }
}
