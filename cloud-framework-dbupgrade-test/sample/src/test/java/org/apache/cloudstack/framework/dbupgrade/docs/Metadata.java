package org.apache.cloudstack.framework.dbupgrade.docs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The generated metadata of the library's properties. */
final class Metadata {

    private static final String FILE = "META-INF/spring-configuration-metadata.json";

    private Metadata() {}

    /** Name, type, default and description of every property, as the manual shows them. */
    static List<List<String>> properties() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (URL url : Collections.list(Metadata.class.getClassLoader().getResources(FILE))) {
            try (InputStream in = url.openStream()) {
                JsonMapper.shared()
                        .readTree(in)
                        .path("properties")
                        .valueStream()
                        .filter(property -> property.path("name").asString().contains(".dbupgrade."))
                        .forEach(property -> rows.add(row(property)));
            }
        }
        return rows;
    }

    private static List<String> row(JsonNode property) {
        return List.of(
                property.path("name").asString(),
                property.path("type").asString().replaceAll("[\\w.$]+[.$](?=\\w)", ""),
                defaultOf(property.path("defaultValue")),
                property.path("description").asString(""));
    }

    private static String defaultOf(JsonNode value) {
        return value.isArray()
                ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
                : value.asString("");
    }
}
