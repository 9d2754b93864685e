package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationName;
import org.apache.cloudstack.framework.dbupgrade.migration.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameRulesTest {

    @ParameterizedTest
    @CsvSource({
        "V_410_A,                    4.1.0_A,    4.1.0.0.1",
        "V_420_b,                    4.2.0_B,    4.2.0.0.2",
        "V_4.10.0_A,                 4.10.0_A,   4.10.0.0.1",
        "V_4_10_0_A,                 4.10.0_A,   4.10.0.0.1",
        "V_4_10_0_12,                4.10.0_12,  4.10.0.0.12",
        "V_4.11.3.1_AA,              4.11.3.1_AA, 4.11.3.1.27",
        "V_4_11_3_0_2__fill_states,  4.11.3_2,   4.11.3.0.2",
        "V_24.0.0_007,               24.0.0_7,   24.0.0.0.7"
    })
    void aRightNameTellsReleaseSequenceAndTimeline(String name, String place, String timeline) throws Exception {
        MigrationName parsed = NameRules.versioned(name);

        assertThat(parsed.place()).isEqualTo(place);
        assertThat(parsed.timelineVersion()).isEqualTo(timeline);
    }

    @Test
    void theDescriptionIsWhatFollowsTwoUnderscores() throws Exception {
        assertThat(NameRules.versioned("V_410_A__add_power_state").description())
                .isEqualTo("add power state");
        assertThat(NameRules.versioned("V_410_A").description()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "V_4100_A       | ambiguous                     | V_4.10.0_A",
                "V_41000_A      | ambiguous                     | V_4.10.0.0_A",
                "V_41_A         | too short                     | V_410_A",
                "V_4.10_A       | 2 parts                       | V_4.10.0_A",
                "V_4.1.0.0.1_A  | 5 parts                       | V_4.1.0_A",
                "V_4.1_0_A      | mixes points and underscores  | V_4.1.0_A",
                "V_410          | lacks a version or a sequence | V_410_A",
                "V_410_         | sequence is missing           | V_410_A",
                "V_410_A1       | sequence 'A1'                 | V_410_A",
                "V_410_0        | sequence '0'                  | V_410_A",
                "V_410_ABCD     | sequence 'ABCD'               | V_410_A",
                "V_abc_A        | not made of numbers           | V_410_A",
                "V_410_A__      | description                   | V_410_A__",
                "V_410_A__a;b   | description                   | V_410_A__",
                "V410_A         | does not start with V_        | V_410_A",
                "v_410_A        | does not start with V_        | V_410_A",
                "schema-40to410 | does not start with V_        | V_410_A"
            })
    void aWrongNameIsToldWithARightOne(String name, String problem, String example) {
        assertThatThrownBy(() -> NameRules.versioned(name))
                .asInstanceOf(type(MalformedNameException.class))
                .satisfies(e -> {
                    assertThat(e.problem()).contains(problem);
                    assertThat(e.example()).startsWith(example);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"V_4100_A", "V_4.10_A", "V_4.1_0_A", "V_410", "V_410_A1", "V_410_A__", "x"})
    void everyExampleIsARightName(String name) {
        assertThatThrownBy(() -> NameRules.versioned(name))
                .asInstanceOf(type(MalformedNameException.class))
                .satisfies(e -> assertThat(NameRules.versioned(e.example())).isNotNull());
    }

    @Test
    void sequencesAreOrderedAsPlacesWhetherLettersOrNumbers() {
        assertThat(Stream.of("AA", "2", "z", "C", "10", "a")
                        .map(text -> Sequence.tryParse(text).orElseThrow())
                        .sorted())
                .extracting(Sequence::toString)
                .containsExactly("A", "2", "C", "10", "Z", "AA");
    }

    @Test
    void aLetterAndItsNumberAreTheSamePlace() {
        assertThat(Sequence.tryParse("b")).isEqualTo(Sequence.tryParse("2"));
        assertThat(Sequence.tryParse("Z").orElseThrow().next()).hasToString("AA");
        assertThat(Sequence.tryParse("9").orElseThrow().next()).hasToString("10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"R_", "R_.x", "R_a b", "R", "Rhost"})
    void aRepeatableNeedsAName(String name) {
        assertThatThrownBy(() -> NameRules.repeatable(name)).isInstanceOf(MalformedNameException.class);
    }
}
