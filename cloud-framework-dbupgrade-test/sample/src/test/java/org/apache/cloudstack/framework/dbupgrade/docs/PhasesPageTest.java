package org.apache.cloudstack.framework.dbupgrade.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of the phases is the table in the code; {@code mvn -Ppages} writes it again. */
class PhasesPageTest {

    private static final Path PAGE = Path.of("../../cloud-framework-dbupgrade/docs/reference/phases.md");
    private static final boolean WRITE = Boolean.getBoolean("dbupgrade.pages.write");

    @Test
    void thePageIsTheTable() throws IOException {
        String page = PhasesPage.text();
        if (WRITE) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("mvn -Ppages writes the page again").hasContent(page);
    }
}
