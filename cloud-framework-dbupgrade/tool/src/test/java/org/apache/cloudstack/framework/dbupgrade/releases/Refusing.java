package org.apache.cloudstack.framework.dbupgrade.releases;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/** A system that fails the test when its configuration is asked for. */
final class Refusing extends SystemReader.Delegate {

    Refusing(SystemReader actual) {
        super(actual);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS files) {
        throw new AssertionError("the user's configuration was asked for");
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS files) {
        throw new AssertionError("the system's configuration was asked for");
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS files) {
        throw new AssertionError("JGit's configuration was asked for");
    }
}
