package org.apache.cloudstack.framework.dbupgrade.releases;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/** Shows JGit neither the configuration of the machine nor the user's: the answer depends on the repository alone. */
final class PlainSystem extends SystemReader.Delegate {

    /** Does its work while JGit sees the plain system, and puts back what was there before. */
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    private PlainSystem(SystemReader actual) {
        super(actual);
    }

    /** JGit knows one system per process, so one work at a time. */
    static synchronized <T, E extends Exception> T during(Work<T, E> work) throws E {
        SystemReader before = SystemReader.getInstance();
        SystemReader.setInstance(new PlainSystem(before));
        try {
            return work.run();
        } finally {
            SystemReader.setInstance(before);
        }
    }

    @Override
    public @Nullable String getenv(String variable) {
        return variable.startsWith("GIT_") ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS files) {
        return new Nothing(parent, files);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS files) {
        return new Nothing(parent, files);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS files) {
        return new Nothing(parent, files);
    }

    /** A configuration without a file. */
    private static final class Nothing extends FileBasedConfig {

        @SuppressWarnings("NullAway") // JGit's own way to say that there is no file
        Nothing(@Nullable Config parent, FS files) {
            super(parent, null, files);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
