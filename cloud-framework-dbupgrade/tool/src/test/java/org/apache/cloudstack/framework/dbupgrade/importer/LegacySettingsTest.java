package org.apache.cloudstack.framework.dbupgrade.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegacySettingsTest {

    private static final ReleaseVersion RELEASE = ReleaseVersion.of("4.6.0");

    @Test
    void baseScriptsAreReadInTheirOrder() {
        BaseScripts base = BaseScripts.of("create-schema.sql, b/a.sql = 4.0.0");

        assertThat(base.release()).hasToString("4.0.0");
        assertThat(base.files()).containsExactly("create-schema.sql", "b/a.sql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create-schema.sql", "=4.0.0", "create-schema.sql=40"})
    void baseScriptsWithoutFilesOrReleaseAreRefused(String text) {
        assertThatThrownBy(() -> BaseScripts.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReleaseFollowsLowerOnesOnly() {
        List<ReleaseVersion> higher = List.of(ReleaseVersion.of("4.6.1"));

        assertThatThrownBy(() -> LegacySettings.none().withFollows(RELEASE, higher))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4.6.0 cannot follow 4.6.1");
    }

    @Test
    void theScriptsOfTheBaseAreNamedOnce() {
        LegacySettings settings = LegacySettings.none().withScripts(RELEASE, List.of("a.sql"));

        assertThatThrownBy(() -> settings.withBase(BaseScripts.of("b.sql=4.6.0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("named twice");
    }
}
