package org.apache.cloudstack.framework.dbupgrade.test.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SharedClassesTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void whatOneRunHasLoadedIsSharedByTheNext() throws IOException {
        listing(2);

        classes().pack();

        assertThat(files()).containsExactly(classes().archive());
        run(classes().use(), 2, "-Xshare:on");
    }

    @Test
    void untilTheyArePackedThereIsNothingToUse() {
        classes().pack();
        listing(2);

        assertThat(classes().arePacked()).isFalse();
        assertThat(classes().use()).isEmpty();
    }

    @Test
    void aRunThatIsKilledHasLoadedSomethingToo() {
        SharedClasses.Listing killed = classes().listing();
        try (ChildJvm child = program(killed.options(), Integer.MAX_VALUE).start()) {
            await().until(() -> child.output().contains("\n10\n"));
            child.kill();
            child.awaitExit(LONG);
        }
        killed.ended();

        classes().pack();

        run(classes().use(), 2, "-Xshare:on");
    }

    @Test
    void ofSeveralRunsOneListIsKept() throws IOException {
        SharedClasses.Listing first = classes().listing();
        SharedClasses.Listing second = classes().listing();
        run(first.options(), 2);
        run(second.options(), 2);

        second.ended();
        first.ended();

        assertThat(files()).containsExactly(classes().list());
    }

    @Test
    void aListThatNoJvmCanReadIsForgotten() throws IOException {
        Files.writeString(classes().list(), "java/lang/Object id: x\n");

        classes().pack();

        assertThat(files()).isEmpty();
    }

    @Test
    void otherJarsHaveOthers() throws IOException {
        Path jar = Files.createFile(folder.resolve("code.jar"));
        SharedClasses before = SharedClasses.of(folder, "counting", List.of(jar));

        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));

        assertThat(SharedClasses.of(folder, "counting", List.of(jar)).archive()).isNotEqualTo(before.archive());
    }

    private SharedClasses classes() {
        return SharedClasses.of(folder, "counting", JvmProgram.jars());
    }

    private void listing(int end) {
        SharedClasses.Listing listing = classes().listing();
        run(listing.options(), end);
        listing.ended();
    }

    private static void run(List<String> options, int end, String... more) {
        try (ChildJvm child = program(options, end, more).start()) {
            assertThat(child.awaitExit(LONG)).as(child.output()).isEqualTo(CountingProgram.END);
            assertThat(child.output()).endsWith(end + "\n");
        }
    }

    private static JvmProgram program(List<String> options, int end, String... more) {
        return JvmProgram.of(CountingProgram.class, Integer.toString(end))
                .withOptions(Stream.concat(options.stream(), Stream.of(more)).toArray(String[]::new));
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
