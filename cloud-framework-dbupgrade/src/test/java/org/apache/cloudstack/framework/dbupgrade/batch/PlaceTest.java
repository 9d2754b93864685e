package org.apache.cloudstack.framework.dbupgrade.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {

    @ParameterizedTest
    @ValueSource(strings = {"4711", "-1", "", " ", "two words", " blanks around "})
    void aPlaceIsReadAsItWasWritten(String key) {
        Place place = new Place(5_000_000_000L, Optional.of(key));

        assertThat(Place.parse(place.text())).isEqualTo(place);
    }
}
