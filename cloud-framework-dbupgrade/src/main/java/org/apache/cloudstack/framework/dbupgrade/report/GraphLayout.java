package org.apache.cloudstack.framework.dbupgrade.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.report.GraphPicture.Release;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.NullElkProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Where the boxes and lines of a picture are: a layered layout, newer releases above those they follow, and those of
 * one lane above each other as far as possible. The only class that knows the layout library.
 *
 * @param boxes the boxes, in the order of the picture's releases
 */
record GraphLayout(double width, double height, List<Box> boxes, List<Line> lines) {

    static final double BOX_WIDTH = 236;
    static final double BOX_HEIGHT = 46;
    private static final double GAP_BETWEEN_LAYERS = 30;
    private static final double GAP_BETWEEN_LANES = 28;
    private static final double GAP_BESIDE_LINES = 18;
    private static final int STRAIGHT = 10;

    static {
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    }

    /** The upper left corner of a release's box. */
    record Box(Release release, double x, double y) {}

    /**
     * The line from a release to one that it follows.
     *
     * @param ofLane whether both are in one lane: each release continues that of the highest one it follows, unless a newer
     *     release does
     */
    record Line(ReleaseVersion from, ReleaseVersion to, boolean ofLane, List<Point> points) {}

    /** A point; y grows downwards. */
    record Point(double x, double y) {}

    static GraphLayout of(GraphPicture picture) {
        ElkNode graph = graph();
        Map<ReleaseVersion, ElkNode> nodes = new LinkedHashMap<>();
        picture.releases().forEach(each -> nodes.put(each.version(), node(graph)));
        List<Connection> connections = connections(picture, nodes);

        new LayeredLayoutProvider().layout(graph, new NullElkProgressMonitor());

        Iterator<ElkNode> placed = nodes.values().iterator();
        List<Box> boxes = picture.releases().stream()
                .map(each -> box(each, placed.next()))
                .toList();
        List<Line> lines = connections.stream()
                .map(each -> new Line(each.from(), each.to(), each.ofLane(), points(each.edge())))
                .toList();
        return new GraphLayout(graph.getWidth(), graph.getHeight(), boxes, lines);
    }

    private static ElkNode node(ElkNode graph) {
        ElkNode node = ElkGraphUtil.createNode(graph);
        node.setDimensions(BOX_WIDTH, BOX_HEIGHT);
        return node;
    }

    /** Edges in the order of the releases, each with the priority to be straight that its place in the lanes gives it. */
    private static List<Connection> connections(GraphPicture picture, Map<ReleaseVersion, ElkNode> nodes) {
        List<Connection> connections = new ArrayList<>();
        Set<ReleaseVersion> continued = new HashSet<>();
        for (Release release : picture.releases()) {
            for (ReleaseVersion lower : new TreeSet<>(release.follows()).descendingSet()) {
                boolean ofLane = lower.equals(release.follows().last()) && continued.add(lower);
                ElkEdge edge = ElkGraphUtil.createSimpleEdge(nodes.get(release.version()), nodes.get(lower));
                edge.setProperty(LayeredOptions.PRIORITY_STRAIGHTNESS, ofLane ? STRAIGHT : 1);
                connections.add(new Connection(release.version(), lower, ofLane, edge));
            }
        }
        return connections;
    }

    private record Connection(ReleaseVersion from, ReleaseVersion to, boolean ofLane, ElkEdge edge) {}

    private static ElkNode graph() {
        ElkNode graph = ElkGraphUtil.createGraph();
        graph.setProperty(LayeredOptions.DIRECTION, Direction.DOWN);
        graph.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        graph.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
        graph.setProperty(LayeredOptions.MERGE_EDGES, true);
        graph.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.NODES_AND_EDGES);
        graph.setProperty(LayeredOptions.PADDING, new ElkPadding(0));
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE, GAP_BETWEEN_LANES);
        graph.setProperty(LayeredOptions.SPACING_EDGE_NODE, GAP_BESIDE_LINES);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, GAP_BETWEEN_LAYERS);
        return graph;
    }

    private static Box box(Release release, ElkNode node) {
        return new Box(release, node.getX(), node.getY());
    }

    private static List<Point> points(ElkEdge edge) {
        ElkEdgeSection section = edge.getSections().get(0);
        Stream<Point> bends = section.getBendPoints().stream().map(bend -> new Point(bend.getX(), bend.getY()));
        Point start = new Point(section.getStartX(), section.getStartY());
        Point end = new Point(section.getEndX(), section.getEndY());
        return Stream.of(Stream.of(start), bends, Stream.of(end))
                .flatMap(points -> points)
                .toList();
    }
}
