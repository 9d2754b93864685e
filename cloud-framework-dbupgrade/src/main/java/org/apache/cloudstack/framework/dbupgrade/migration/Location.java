package org.apache.cloudstack.framework.dbupgrade.migration;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.InputStreamSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** A place where migrations lie: a folder of the class path, in any jar, or of the file system. */
sealed interface Location {

    /** Reads {@code classpath:<folder>}, {@code filesystem:<folder>} or, for short, a folder of the class path. */
    static Location of(String text, ClassLoader loader) {
        if (text.startsWith("filesystem:")) {
            return new Folder(Path.of(text.substring("filesystem:".length())));
        }
        String folder = text.startsWith("classpath:") ? text.substring("classpath:".length()) : text;
        return new ClassPath(folder.replaceAll("^/+|/+$", ""), loader);
    }

    /** All files in it and in its folders; empty optional folders count as missing on a class path. */
    List<Entry> entries() throws IOException;

    boolean exists() throws IOException;

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
            byte[] bytes = bytes();
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(java.nio.ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new IOException("it is not UTF-8", e);
            }
        }

        byte[] bytes() throws IOException {
            try (InputStream in = content.getInputStream()) {
                return in.readAllBytes();
            }
        }
    }

    /** A folder of the class path; it is a package too, so Java migrations lie beside the scripts. */
    record ClassPath(String folder, ClassLoader loader) implements Location {

        @Override
        public boolean exists() throws IOException {
            return loader.getResources(folder + "/").hasMoreElements()
                    || !entries().isEmpty();
        }

        @Override
        public List<Entry> entries() throws IOException {
            List<URL> roots = Collections.list(loader.getResources(folder + "/"));
            boolean isPackedWhole = !roots.isEmpty()
                    && roots.stream().allMatch(root -> root.getProtocol().equals("jar"));
            if (!isPackedWhole) {
                return resolved();
            }
            List<Entry> entries = new ArrayList<>();
            for (URL root : roots) {
                entries.addAll(packed(root));
            }
            return entries;
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

        /** In a jar the path of a folder ends with a slash; to ask whether a file can be read would open each. */
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

    /** A folder of the file system; for scripts only. */
    record Folder(Path path) implements Location {

        @Override
        public boolean exists() {
            return Files.isDirectory(path);
        }

        @Override
        public List<Entry> entries() throws IOException {
            try (Stream<Path> files = Files.walk(path)) {
                return files.filter(Files::isRegularFile)
                        .sorted()
                        .map(file -> new Entry(
                                path.relativize(file).toString().replace('\\', '/'), new FileSystemResource(file)))
                        .toList();
            }
        }

        @Override
        public String toString() {
            return "filesystem:" + path;
        }
    }
}
