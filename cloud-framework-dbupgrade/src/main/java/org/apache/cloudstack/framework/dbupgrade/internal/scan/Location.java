package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.InputStreamSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.ResourceUtils;

/** A place where migrations lie: a directory of the class path, in any jar, or of the file system. */
sealed interface Location {

    /** Reads {@code classpath:<directory>}, {@code filesystem:<directory>} or, for short, a directory of the class path. */
    static Location of(String text, ClassLoader loader) {
        if (text.startsWith("filesystem:")) {
            return new Folder(Path.of(text.substring("filesystem:".length())));
        }
        String folder = text.startsWith("classpath:") ? text.substring("classpath:".length()) : text;
        return new ClassPath(folder.replaceAll("^/+|/+$", ""), loader);
    }

    /** All files in it and in its directories. */
    Contents contents() throws IOException;

    boolean exists() throws IOException;

    /**
     * What is in a location.
     *
     * @param entries the files that can be read
     * @param findings what cannot
     */
    record Contents(List<Entry> entries, List<Finding> findings) {

        static Contents of(Path directory) {
            FileTree tree = FileTree.below(directory);
            return new Contents(
                    tree.files().stream()
                            .map(file -> new Entry(
                                    directory.relativize(file).toString().replace('\\', '/'),
                                    new FileSystemResource(file)))
                            .toList(),
                    tree.findings());
        }

        static Contents of(List<Entry> entries) {
            return new Contents(entries, List.of());
        }

        Contents and(Contents other) {
            return new Contents(
                    Stream.concat(entries.stream(), other.entries.stream()).toList(),
                    Stream.concat(findings.stream(), other.findings.stream()).toList());
        }
    }

    /**
     * One file of a location.
     *
     * @param path its path below the location, with slashes
     * @param origin where it was found, for messages
     * @param content what is in it
     */
    record Entry(String path, String origin, InputStreamSource content) {

        Entry(String path, Resource resource) {
            this(path, resource.getDescription(), resource);
        }

        String fileName() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        /** Its text, which must be UTF-8. */
        String text() throws IOException {
            return NotUtf8Exception.decode(bytes());
        }

        byte[] bytes() throws IOException {
            return bytes(Integer.MAX_VALUE);
        }

        /** What is in it, or the beginning of more. */
        byte[] bytes(int most) throws IOException {
            try (InputStream in = content.getInputStream()) {
                return in.readNBytes(most);
            } catch (IOException e) {
                throw UnreadableFileException.of(e);
            }
        }
    }

    /** A directory of the class path; it is a package too, so Java migrations lie beside the scripts. */
    record ClassPath(String folder, ClassLoader loader) implements Location {

        @Override
        public boolean exists() throws IOException {
            return loader.getResources(folder + "/").hasMoreElements()
                    || !resolved().isEmpty();
        }

        @Override
        public Contents contents() throws IOException {
            List<URL> roots = Collections.list(loader.getResources(folder + "/"));
            if (roots.isEmpty() || !roots.stream().allMatch(ClassPath::isListed)) {
                return Contents.of(resolved());
            }
            Contents contents = Contents.of(List.of());
            for (URL root : roots) {
                contents = contents.and(
                        isPacked(root)
                                ? Contents.of(packed(root))
                                : Contents.of(ResourceUtils.getFile(root).toPath()));
            }
            return contents;
        }

        private static boolean isPacked(URL root) {
            return root.getProtocol().equals(ResourceUtils.URL_PROTOCOL_JAR);
        }

        private static boolean isListed(URL root) {
            return isPacked(root) || root.getProtocol().equals(ResourceUtils.URL_PROTOCOL_FILE);
        }

        /** Listed by the jar itself: to resolve a pattern takes several times as long. */
        private static List<Entry> packed(URL root) throws IOException {
            JarURLConnection connection = (JarURLConnection) root.openConnection();
            // the JVM keeps it open for all who ask
            JarFile jar = connection.getJarFile();
            String prefix = connection.getEntryName();
            return jar.stream()
                    .filter(file -> file.getName().startsWith(prefix) && !file.isDirectory())
                    .map(file -> {
                        String path = file.getName().substring(prefix.length());
                        return new Entry(path, "URL [" + root + path + "]", () -> jar.getInputStream(file));
                    })
                    .toList();
        }

        private List<Entry> resolved() throws IOException {
            Resource[] found =
                    new PathMatchingResourcePatternResolver(loader).getResources("classpath*:" + folder + "/**/*");
            return Stream.of(found)
                    .parallel()
                    .filter(ClassPath::isNoFolder)
                    .map(resource -> new Entry(pathOf(resource), resource))
                    .filter(entry -> !entry.path().endsWith("/"))
                    .toList();
        }

        /** In a jar the path of a directory ends with a slash; to ask whether a file can be read would open each. */
        private static boolean isNoFolder(Resource resource) {
            try {
                return !resource.isFile() || resource.getFile().isFile();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private String pathOf(Resource resource) {
            try {
                String url = java.net.URLDecoder.decode(
                        resource.getURL().toString().replace("+", "%2B"), StandardCharsets.UTF_8);
                return url.substring(url.lastIndexOf(folder + "/") + folder.length() + 1);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return "classpath:" + folder;
        }
    }

    /** A directory of the file system; for scripts only. */
    record Folder(Path path) implements Location {

        @Override
        public boolean exists() {
            return Files.isDirectory(path);
        }

        @Override
        public Contents contents() {
            return Contents.of(path);
        }

        @Override
        public String toString() {
            return "filesystem:" + path;
        }
    }
}
