package org.apache.cloudstack.framework.dbupgrade.installed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.docs.Markdown;
import org.apache.cloudstack.framework.dbupgrade.docs.Snippet;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.springframework.util.FileSystemUtils;

/**
 * The application of README and the guide, made of their snippets as they are printed; only the address of the server is another.
 *
 * @param folder its project
 * @param server where its database is
 */
record ShopApplication(Path folder, DatabaseServer server) {

    private static final String CONFIGURATION = "application.yml";
    private static final String MAIN = """
            package com.example;

            @org.springframework.boot.autoconfigure.SpringBootApplication
            public class Shop {

                public static void main(String[] arguments) {
                    org.springframework.boot.SpringApplication.run(Shop.class, arguments);
                }
            }
            """;
    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <parent>
                <groupId>org.springframework.boot</groupId>
                <artifactId>spring-boot-starter-parent</artifactId>
                <version>%s</version>
                <relativePath/>
              </parent>
              <groupId>com.example</groupId>
              <artifactId>shop</artifactId>
              <version>1</version>
              <properties>
                <java.version>17</java.version>
              </properties>
              <dependencies>
            %s
              </dependencies>
              <build>
                <finalName>shop</finalName>
                <plugins>
                  <plugin>
                    <groupId>org.springframework.boot</groupId>
                    <artifactId>spring-boot-maven-plugin</artifactId>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    static ShopApplication empty(Path folder, DatabaseServer server) throws IOException {
        FileSystemUtils.deleteRecursively(folder);
        ShopApplication shop = new ShopApplication(folder, server);
        shop.write("src/main/java/com/example/Shop.java", MAIN);
        return shop;
    }

    /** Adds all files and dependencies of a page. */
    void add(Markdown part) throws IOException {
        for (Snippet snippet : part.filesIn("src/")) {
            write(snippet.path(), snippet.path().endsWith(CONFIGURATION) ? onServer(snippet.text()) : snippet.text());
        }
    }

    void dependOn(List<Snippet> dependencies) throws IOException {
        String all = dependencies.stream().map(Snippet::text).collect(Collectors.joining("\n"));
        write("pom.xml", POM.formatted(org.springframework.boot.SpringBootVersion.getVersion(), all));
    }

    private String onServer(String configuration) {
        String shop = server.jdbcUrl("shop");
        return configuration
                .replace("jdbc:mysql://localhost:3306/shop?", shop.contains("?") ? shop + "&" : shop + "?")
                .replace("username: root", "username: '" + server.user() + "'")
                .replace("password: secret", "password: '" + server.password() + "'");
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Starts it as it was built, and gives what it prints. */
    String start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        folder.resolve("target/shop.jar").toString())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
