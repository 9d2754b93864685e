package org.apache.cloudstack.framework.dbupgrade.spring;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Thrown when a configuration sets something below {@code cloud.dbupgrade} that is no setting. Its values are not repeated. */
public final class UnknownSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<UnknownSetting> settings;

    UnknownSettingException(List<UnknownSetting> settings) {
        super(settings.stream().map(UnknownSetting::toString).collect(Collectors.joining("\n")));
        this.settings = List.copyOf(settings);
    }

    /** What was set, and what may have been meant. */
    List<UnknownSetting> settings() {
        return settings;
    }

    /**
     * One that is no setting.
     *
     * @param name as it was written
     * @param origin file and line
     * @param nearest the setting whose name is most like it
     */
    record UnknownSetting(String name, Optional<String> origin, String nearest) {

        String problem() {
            return name + origin.map(place -> " (" + place + ")").orElse("")
                    + " is no setting of the database upgrade.";
        }

        @Override
        public String toString() {
            return problem() + " The nearest one is " + nearest + ".";
        }
    }
}
