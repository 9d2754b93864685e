package org.apache.cloudstack.framework.dbupgrade.internal.flyway;

import java.io.Reader;
import java.io.StringReader;
import java.util.Collection;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.migration.CallbackScript;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** All the files that Flyway gets to see. */
record CallbackFiles(List<CallbackScript> scripts) implements ResourceProvider {

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return null;
    }

    /** Flyway asks for callbacks without a prefix. */
    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return prefix.isEmpty()
                ? scripts.stream().<LoadableResource>map(CallbackFile::new).toList()
                : List.of();
    }

    private static final class CallbackFile extends LoadableResource {

        private final CallbackScript script;

        CallbackFile(CallbackScript script) {
            this.script = script;
        }

        @Override
        public Reader read() {
            return new StringReader(script.text());
        }

        @Override
        public String getAbsolutePath() {
            return script.origin();
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return script.origin();
        }

        @Override
        public String getFilename() {
            return script.fileName();
        }

        @Override
        public String getRelativePath() {
            return script.path();
        }
    }
}
