package dev.gserver.tools.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextsTest {
    private static final Path MAIN = Project.ofProgram().docs().resolve("tools/src/main");
    private static final String NARRATION = "dev.gserver.tools.demo.narration";
    private static final Pattern TO_FILL = Pattern.compile("\\{\\{\\w+}}");
    private static final Pattern PLACE = Pattern.compile("\\{\\d}");
    private static final Pattern USED =
            Pattern.compile("(?:\\bsay|texts\\(?\\)?\\s*\\.get)\\(\\s*\"([^\"]+)\"|\\{\\{(\\w+\\.[^}]+)}}");

    private static List<Path> bundles() {
        return Folders.files(MAIN).stream()
                .filter(file -> file.toString().endsWith("_zh.properties"))
                .toList();
    }

    private static Map<String, String> read(Path file) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Folders.read(file)));
        return properties.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, properties::getProperty));
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text).results().map(found -> found.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    @DisplayName("both languages have the same keys, and the same places in each text")
    void haveTheSameKeys(Path chinese) throws Exception {
        Map<String, String> theirs = read(chinese);
        Map<String, String> ours = read(Path.of(chinese.toString().replace("_zh.", ".")));
        assertThat(theirs.keySet()).isEqualTo(ours.keySet());
        ours.forEach((key, text) -> assertThat(places(theirs.get(key))).as(key).isEqualTo(places(text)));
    }

    @Test
    @DisplayName("each text is used somewhere, and what is used is there")
    void areUsed() throws Exception {
        String sources = Folders.texts(MAIN).entrySet().stream()
                .filter(file -> file.getKey().matches(".*\\.(java|html|js|md)"))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining());
        Set<String> keys = read(MAIN.resolve("resources/dev/gserver/tools/texts.properties"))
                .keySet();
        assertThat(keys).allMatch(key -> sources.contains("\"" + key + "\"") || sources.contains("{{" + key + "}}"));
        assertThat(USED.matcher(sources).results().flatMap(found -> Stream.of(found.group(1), found.group(2))))
                .filteredOn(key -> key != null)
                .isSubsetOf(keys);
    }

    @Test
    @DisplayName("a page to be filled has the same places in both languages")
    void haveTheSamePlaces() {
        List<Path> chinese = Folders.files(MAIN).stream()
                .filter(file -> file.toString().endsWith("_zh.md"))
                .toList();
        assertThat(chinese).isNotEmpty().allSatisfy(file -> {
            String english = Folders.read(Path.of(file.toString().replace("_zh.", ".")));
            assertThat(TO_FILL.matcher(Folders.read(file))
                            .results()
                            .map(MatchResult::group)
                            .sorted()
                            .toList())
                    .isEqualTo(TO_FILL.matcher(english)
                            .results()
                            .map(MatchResult::group)
                            .sorted()
                            .toList());
        });
    }

    @Test
    @DisplayName("the machine's locale decides nothing")
    void heedsNoLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.CHINA);
        try {
            ResourceBundle.clearCache();
            assertThat(Texts.ENGLISH.of(NARRATION).get("end")).isEqualTo("end");
        } finally {
            Locale.setDefault(before);
        }
    }
}
