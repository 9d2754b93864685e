package org.apache.cloudstack.framework.dbupgrade.backup;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The manifest as JSON. */
final class ManifestJson {

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    byte[] write(BackupManifest manifest) {
        return mapper.writeValueAsBytes(manifest);
    }

    /**
     * Reads one.
     *
     * @throws UnreadableManifestException when it is not ours, or of another format
     */
    BackupManifest read(byte[] json) throws UnreadableManifestException {
        try {
            JsonNode tree = mapper.readTree(json);
            if (!tree.path("kind").asString("").equals(BackupManifest.KIND)) {
                throw new UnreadableManifestException("its manifest is not one of this library");
            }
            int format = tree.path("format").asInt(0);
            if (format != BackupManifest.FORMAT) {
                throw new UnreadableManifestException("it has format " + format + ", and this library reads format "
                        + BackupManifest.FORMAT + " only");
            }
            return Optional.ofNullable(mapper.treeToValue(tree, BackupManifest.class))
                    .orElseThrow(() -> new UnreadableManifestException("its manifest is empty"));
        } catch (JacksonException e) {
            throw new UnreadableManifestException("its manifest is not the JSON that this library writes");
        }
    }

    /** A manifest that cannot be used, and why. */
    static final class UnreadableManifestException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableManifestException(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
