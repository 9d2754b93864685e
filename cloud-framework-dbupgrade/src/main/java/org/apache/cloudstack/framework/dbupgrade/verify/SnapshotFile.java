package org.apache.cloudstack.framework.dbupgrade.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseId;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The schema that a release makes, as a file beside its migrations. Equal schemas give equal strings; each thing has a line
 * of its own, the columns of a table in their order, so that two files are easily compared. The databases are called by their
 * places, {@code #1} for the first, since their names are an affair of each installation.
 *
 * @param release the release
 * @param releaseId the whole state that the release asked for when the picture was taken
 * @param schema the picture, of databases by their places; {@link SchemaSnapshot#named} gives it with names
 */
public record SnapshotFile(ReleaseVersion release, ReleaseId releaseId, SchemaSnapshot schema) {

    private static final int FORMAT = 1;
    /** Beside the product, where its server does not distinguish names of tables by their case. */
    private static final String FOLDED = " with lower_case_table_names";

    private static final String ID = "[0-9a-f]{64}";
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The whole file. */
    private record Document(int format, String release, String releaseId, String product, List<Item> objects) {}

    /** One line of it. */
    private record Item(String kind, String in, String name, String is) {}

    /** Where it lies below a location of migrations, such as {@code schema/4.7.0.json}. */
    public String path() {
        return "schema/" + release + ".json";
    }

    /** The text of the file. */
    public String text() {
        StringBuilder text = new StringBuilder("{\n");
        text.append("  \"format\": ").append(FORMAT).append(",\n");
        text.append("  \"release\": ").append(json(release.toString())).append(",\n");
        text.append("  \"releaseId\": ").append(json(releaseId.hex())).append(",\n");
        text.append("  \"product\": ")
                .append(json(product() + (schema.isFolded() ? FOLDED : "")))
                .append(",\n");
        return text.append("  \"objects\": [\n")
                .append(items().stream().map(item -> "    " + json(item)).collect(Collectors.joining(",\n")))
                .append("\n  ]\n}\n")
                .toString();
    }

    /**
     * Reads the text of a file.
     *
     * @throws MalformedSnapshotException when it is not such a text
     */
    public static SnapshotFile parse(String text) throws MalformedSnapshotException {
        try {
            JsonNode format = JSON.readTree(text).path("format");
            if (!format.isInt() || format.intValue() != FORMAT) {
                throw new MalformedSnapshotException(
                        "its format is '" + format + "', and this version of the library reads " + FORMAT + " only");
            }
            return of(JSON.readValue(text, Document.class));
        } catch (JacksonException e) {
            String problem = e.getOriginalMessage().lines().findFirst().orElse("it is no JSON");
            throw new MalformedSnapshotException("line " + e.getLocation().getLineNr() + ": " + problem, e);
        } catch (IllegalArgumentException e) {
            throw new MalformedSnapshotException(String.valueOf(e.getMessage()), e);
        }
    }

    private static SnapshotFile of(Document document) throws MalformedSnapshotException {
        if (!document.releaseId().matches(ID)) {
            throw new MalformedSnapshotException("its releaseId is not 64 hexadecimal digits");
        }
        boolean isFolded = document.product().endsWith(FOLDED);
        String product = isFolded
                ? document.product().substring(0, document.product().length() - FOLDED.length())
                : document.product();
        boolean mariaDb = product.equals(ServerProduct.MARIADB.toString());
        if (!mariaDb && !product.equals(ServerProduct.MYSQL.toString())) {
            throw new MalformedSnapshotException("its product is neither MySQL nor MariaDB");
        }
        Map<SchemaObject, String> objects = new HashMap<>();
        Map<String, List<String>> columnOrders = new TreeMap<>();
        for (Item item : document.objects()) {
            SchemaObject object = new SchemaObject(SchemaKind.of(item.kind()), item.in(), item.name());
            if (objects.put(object, item.is()) != null) {
                throw new MalformedSnapshotException("the " + object.kind() + " " + object.name() + " is there twice");
            }
            if (object.kind() == SchemaKind.COLUMN) {
                columnOrders
                        .computeIfAbsent(item.in(), table -> new ArrayList<>())
                        .add(item.name());
            }
        }
        return new SnapshotFile(
                ReleaseVersion.of(document.release()),
                new ReleaseId(document.releaseId()),
                new SchemaSnapshot(mariaDb, isFolded, objects, columnOrders));
    }

    private ServerProduct product() {
        return schema.isMariaDb() ? ServerProduct.MARIADB : ServerProduct.MYSQL;
    }

    /** What is in a table stands below it: columns in their order, all else by name. */
    private List<Item> items() {
        Comparator<SchemaObject> inOrder = Comparator.comparing(SchemaObject::owner)
                .thenComparing(SchemaObject::kind)
                .thenComparing(this::position)
                .thenComparing(SchemaObject::simpleName);
        return schema.objects().keySet().stream()
                .sorted(inOrder)
                .map(object -> new Item(
                        object.kind().toString(),
                        object.container(),
                        object.simpleName(),
                        schema.objects().getOrDefault(object, "")))
                .toList();
    }

    private int position(SchemaObject object) {
        return object.kind() == SchemaKind.COLUMN
                ? schema.columnOrders()
                        .getOrDefault(object.container(), List.of())
                        .indexOf(object.simpleName())
                : 0;
    }

    private static String json(Object value) {
        return JSON.writeValueAsString(value);
    }
}
