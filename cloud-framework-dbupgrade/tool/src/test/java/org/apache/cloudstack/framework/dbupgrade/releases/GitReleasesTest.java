package org.apache.cloudstack.framework.dbupgrade.releases;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MigrationFixtures;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.releases.TimelineRepository.Point;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitReleasesTest {

    private static final String FIX = "ALTER TABLE alert ADD INDEX i (type);\n";

    @TempDir
    Path folder;

    private TimelineRepository repository;
    private Point main;
    private Point maintenance;

    /** 4.5.2, then 4.6.0 on main, then 4.5.3 with a fix on the maintenance branch. */
    @BeforeEach
    void makeTwoLines() {
        repository = new TimelineRepository(folder);
        main = repository.release(repository.start().with("V_4.5.2_A.sql", "SELECT 1;\n"), "4.5.2", "2015-08-20");
        maintenance = main.branch();
        repository.release(main.with("V_4.6.0_A.sql", "SELECT 2;\n"), "4.6.0", "2015-11-30");
        repository.release(maintenance.with("V_4.5.3_A.sql", FIX), "4.5.3", "2015-12-15");
    }

    @Test
    void aReleaseThatMergesTwoLinesFollowsBoth() {
        repository.commit(repository.merge(main, maintenance, "2015-12-16"), "2015-12-17");
        repository.release(main, "4.6.1", "2015-12-18");

        GitHistory history = repository.history();

        assertThat(history.declarations())
                .map(each -> each.version() + " " + each.follows())
                .containsExactly("4.5.2 []", "4.5.3 [4.5.2]", "4.6.0 [4.5.2]", "4.6.1 [4.5.3, 4.6.0]");
        assertThat(history.declarations().get(1).shipped()).hasToString("Optional[2015-12-15]");
        assertThat(files(history, "4.6.1")).containsExactly("V_4.5.2_A.sql", "V_4.5.3_A.sql", "V_4.6.0_A.sql");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void aChangeForgottenInTheNextReleaseOfANewerLineIsNotMergedForward() {
        repository.release(main.with("V_4.6.1_A.sql", "SELECT 3;\n"), "4.6.1", "2015-12-18");
        repository.release(main.with("V_4.7.0_A.sql", FIX), "4.7.0", "2015-12-21");

        Finding finding = only(repository.history(), FindingCode.NOT_MERGED_FORWARD);

        assertThat(finding.problem())
                .isEqualTo("V_4.5.3_A.sql, shipped with release 4.5.3, is missing from release 4.6.1.");
        assertThat(finding.evidence()).isEqualTo("of the higher releases, 4.7.0 is the first to carry it");
    }

    @Test
    void aChangeThatNoLaterReleaseCarriesIsToldWithAllThatLackIt() {
        repository.release(main, "4.6.1", "2015-12-18");
        repository.release(main, "4.6.2", "2015-12-19");
        repository.release(main, "4.7.0", "2015-12-21");

        Finding finding = only(repository.history(), FindingCode.NOT_MERGED_FORWARD);

        assertThat(finding.evidence()).isEqualTo("nor is it in 4.7.0; no higher release carries it");
    }

    @Test
    void aReleaseMadeBeforeTheFixIsNotBlamed() {
        assertThat(repository.history().findings()).isEmpty();
    }

    @Test
    void oneChangeUnderTwoNamesIsABackportAndIsMerged() {
        repository.release(
                main.with("V_4.6.1_B__index.sql", "-- dbupgrade: phase=expand\r\n" + FIX.replace("\n", "\r\n")),
                "4.6.1",
                "2015-12-18");

        GitHistory history = repository.history();

        assertThat(history.findings()).isEmpty();
        assertThat(history.backports()).hasToString("[V_4.5.3_A.sql = V_4.6.1_B__index.sql]");
        assertThat(history.backports().get(0).changeId()).isEqualTo(MigrationFixtures.changeId(FIX));
    }

    @Test
    void aScriptEditedAfterItsReleaseIsToldWithBothIdsAndTags() {
        repository.release(main.with("V_4.6.0_A.sql", "SELECT 20;\n"), "v4.6.1", "2015-12-01");
        repository.release(main, "4.6.2", "2015-12-02");

        Finding finding = only(repository.history(), FindingCode.RELEASED_MIGRATION_CHANGED);

        ChangeId then = MigrationFixtures.changeId("SELECT 2;");
        ChangeId now = MigrationFixtures.changeId("SELECT 20;");
        assertThat(finding.problem())
                .isEqualTo("V_4.6.0_A.sql has change id " + then + " in tag 4.6.0, and " + now + " in tag v4.6.1.");
        assertThat(finding.evidence()).isEmpty();
    }

    @Test
    void anEditThatSaysItSupersedesIsToldAsSuch() {
        ChangeId then = MigrationFixtures.changeId("SELECT 2;");
        String edited = "-- dbupgrade: supersedes=" + then + " because both do the same\nSELECT 20;\n";
        repository.release(main.with("V_4.6.0_A.sql", edited), "4.6.1", "2015-12-01");

        assertThat(only(repository.history(), FindingCode.RELEASED_MIGRATION_CHANGED)
                        .evidence())
                .isEqualTo("the content in tag 4.6.1 says that it supersedes the other one");
    }

    @Test
    void aMigrationAddedToAReleaseAfterItsTagIsTold() {
        repository.release(main.with("V_4.6.0_B.sql", "SELECT 9;\n"), "4.6.1", "2015-12-01");

        assertThat(only(repository.history(), FindingCode.MIGRATION_ADDED_AFTER_RELEASE)
                        .problem())
                .isEqualTo(
                        "V_4.6.0_B.sql was not part of release 4.6.0 when it was tagged, and is carried by tag 4.6.1.");
    }

    @Test
    void aMigrationRemovedOrRenamedAfterItsReleaseIsTold() {
        repository.release(main.without("V_4.6.0_A.sql").with("V_4.6.1_A.sql", "SELECT 2;\n"), "4.6.1", "2015-12-01");

        Finding finding = only(repository.history(), FindingCode.RELEASED_MIGRATION_REMOVED);

        assertThat(finding.problem())
                .isEqualTo("V_4.6.0_A.sql is part of release 4.6.0, and tag 4.6.1, which follows it, lacks it.");
        assertThat(finding.evidence()).isEqualTo("the same content is there as V_4.6.1_A.sql");
    }

    @Test
    void anAnnotatedTagGivesItsOwnDay() {
        repository.commit(main, "2015-12-01");
        repository.annotatedTag(main, "4.6.1", "2015-12-05");

        GitHistory history = repository.history();

        assertThat(history.declarations().get(3).shipped()).hasToString("Optional[2015-12-05]");
        assertThat(history.declarations().get(3).follows()).containsExactly(ReleaseVersion.of("4.6.0"));
    }

    @Test
    void aTagOnABranchOfItsOwnIsNotFollowedButTold() {
        Point bumped = main.with("V_4.6.1_A.sql", "SELECT 4;\n");
        repository.commit(bumped, "2015-12-01");
        repository.release(main.branch().with("other/version.txt", "4.6.1"), "4.6.1", "2015-12-02");
        repository.release(main, "4.7.0", "2015-12-03");
        repository.release(main, "4.7.1", "2015-12-04");

        GitHistory history = repository.history();

        assertThat(history.declarations())
                .map(each -> each.version() + " " + each.follows())
                .contains("4.7.0 [4.6.0]");
        Finding finding = only(history, FindingCode.CARRIED_WITHOUT_ANCESTRY);
        assertThat(finding.problem()).startsWith("Release 4.7.0 carries all migrations of release 4.6.1");
        assertThat(finding.remedy()).contains("4.7.0: {follows: [4.6.0, 4.6.1]}");
    }

    @Test
    void aHigherReleaseAmongTheAncestorsIsAFindingAndNoEdge() {
        repository.merge(maintenance, main, "2015-12-20");
        repository.release(maintenance, "4.5.4", "2015-12-21");

        GitHistory history = repository.history();

        assertThat(only(history, FindingCode.HIGHER_RELEASE_IN_ANCESTRY).problem())
                .startsWith("Release 4.5.4 descends from the tag of release 4.6.0, which is higher");
        assertThat(history.declarations())
                .map(each -> each.version() + " " + each.follows())
                .contains("4.5.4 [4.5.3]");
    }

    @Test
    void aReleaseWithoutAnyTaggedAncestorIsTold() {
        repository.release(repository.start().with("V_4.7.0_A.sql", "SELECT 7;\n"), "4.7.0", "2015-12-01");

        assertThat(repository.history().findings())
                .filteredOn(each -> each.code() == FindingCode.RELEASE_WITHOUT_ANCESTOR)
                .extracting(Finding::subject)
                .containsExactly("4.7.0");
    }

    @Test
    void twoTagsOfOneReleaseMarkOneCommitOrAreAFinding() {
        repository.tag(main, "v4.6.0");
        assertThat(repository.history().findings()).isEmpty();

        repository.tag(maintenance, "v4.5.2");
        assertThat(only(repository.history(), FindingCode.RELEASE_TAGGED_TWICE).problem())
                .isEqualTo("The tags 4.5.2 and v4.5.2 name the same release and different commits; 4.5.2 was taken.");
    }

    @Test
    void otherTagsAndFilesWithoutAMigrationsNameAreListed() {
        repository.release(main.with("schema-450to460.sql", "SELECT 0;"), "4.6.1-RC1", "2015-12-01");
        repository.tag(main, "next");
        repository.release(main.with("R_views.sql", "SELECT 0;"), "4.6.1", "2015-12-02");

        assertThat(repository.history().ignored())
                .containsExactly("tag 4.6.1-RC1", "tag next", "file db/migrations/schema-450to460.sql");
    }

    @Test
    void aMigrationOfAReleaseWithoutTagIsTold() {
        repository.release(main.with("V_next_A.sql", "SELECT 8;"), "4.6.1", "2015-12-01");

        assertThat(only(repository.history(), FindingCode.RELEASE_NOT_TAGGED).problem())
                .isEqualTo("V_next_A.sql belongs to release next, which has no tag, and is carried by tag 4.6.1.");
    }

    @Test
    void aClassIsKnownByItsRevisionAndElseByItsName() {
        String java = "src/migrations/";
        main.with(java + "V_4_6_1_A.java", "@MigrationOptions(revision = \"1\") class V_4_6_1_A {}");
        main.with(java + "V_4_6_1_B.java", "class V_4_6_1_B {}");
        repository.release(main, "4.6.1", "2015-12-01");
        main.with(java + "V_4_6_1_A.java", "@MigrationOptions(revision = \"2\") class V_4_6_1_A {}");
        main.with(java + "V_4_6_1_B.java", "class V_4_6_1_B { int edited; }");
        repository.release(main, "4.6.2", "2015-12-02");

        GitHistory history = repository.history("./" + TimelineRepository.FOLDER + "/", "src/migrations");

        assertThat(history).isEqualTo(repository.history("."));
        assertThat(history.contents().get(ReleaseVersion.of("4.6.1")))
                .filteredOn(each -> each.changeId().isEmpty())
                .map(SourceMigration::file)
                .containsExactly("V_4_6_1_B.java");
        assertThat(only(history, FindingCode.RELEASED_MIGRATION_CHANGED).subject())
                .isEqualTo("V_4_6_1_A.java");
    }

    @Test
    void aShallowCloneIsRefused() {
        repository.makeShallowAt(main);

        assertThat(only(repository.history(), FindingCode.GIT_UNREADABLE).problem())
                .contains("its clone is shallow");
    }

    @Test
    void aFolderWithoutRepositoryOrTagsIsRefused(@TempDir Path empty) throws Exception {
        assertThat(only(GitReleases.read(empty, List.of(".")), FindingCode.GIT_UNREADABLE)
                        .problem())
                .contains("it is no git repository");

        Path untagged = Files.createDirectory(empty.resolve("untagged"));
        assertThat(only(new TimelineRepository(untagged).history(), FindingCode.GIT_UNREADABLE)
                        .problem())
                .contains("it has no tag such as 4.5.3");
    }

    @Test
    void theUsersConfigurationIsNotReadAndJgitIsLeftAsItWas() {
        SystemReader before = SystemReader.getInstance();
        Refusing refusing = new Refusing(before);
        SystemReader.setInstance(refusing);
        try {
            assertThat(repository.history().declarations()).hasSize(3);
            assertThat(SystemReader.getInstance()).isSameAs(refusing);
        } finally {
            SystemReader.setInstance(before);
        }
    }

    private static List<String> files(GitHistory history, String release) {
        return history.contents().getOrDefault(ReleaseVersion.of(release), List.of()).stream()
                .map(SourceMigration::file)
                .toList();
    }

    private static Finding only(GitHistory history, FindingCode code) {
        assertThat(history.findings()).extracting(Finding::code).containsExactly(code);
        return history.findings().get(0);
    }
}
