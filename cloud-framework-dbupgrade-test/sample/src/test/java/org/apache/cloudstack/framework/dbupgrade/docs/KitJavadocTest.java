package org.apache.cloudstack.framework.dbupgrade.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Anyone who meets a type of the kit in an editor sees how it is used. */
class KitJavadocTest {

    private static final Path KIT = Path.of("../src/main/java/org/apache/cloudstack/framework/dbupgrade/test");
    private static final String PUBLIC = "\npublic ";
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code|\\{@code [^}]*\\S[.(@> :]\\S");

    @ParameterizedTest
    @MethodSource
    void aPublicTypeShowsAnExample(Path file) throws IOException {
        String text = Files.readString(file);
        String above = text.substring(0, text.indexOf(PUBLIC));
        int begin = above.lastIndexOf("/**");

        assertThat(begin).as("it has Javadoc").isPositive();
        assertThat(above.substring(begin)).containsPattern(EXAMPLE);
    }

    static List<Path> aPublicTypeShowsAnExample() throws IOException {
        try (Stream<Path> files = Files.walk(KIT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(KitJavadocTest::isPublic)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isPublic(Path file) {
        try {
            return Files.readString(file).contains(PUBLIC);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
