package org.apache.cloudstack.framework.dbupgrade.report;

/** The colours and fonts of a drawing; the rules touch nothing outside it when it stands inside HTML. */
final class SvgStyle {

    static final String CSS = """

            .release-graph text { font-family: system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; font-size: 13px;
              fill: #1f2933; }
            .release-graph .paper { fill: #ffffff; }
            .release-graph .lanes { fill: none; stroke: #8795a5; stroke-width: 2; stroke-linecap: round; }
            .release-graph .star { fill: #52606d; stroke: #52606d; stroke-width: 2; }
            .release-graph .pending .star { fill: #ffffff; }
            .release-graph .database .star { fill: #1b7a3d; stroke: #1b7a3d; }
            .release-graph .code .star { stroke: #1d5fb8; }
            .release-graph .version { font-weight: 600; }
            .release-graph .database text { fill: #1b7a3d; }
            .release-graph .code text { fill: #1d5fb8; }
            @media screen and (prefers-color-scheme: dark) {
              .release-graph text { fill: #e6eaee; }
              .release-graph .paper { fill: #14181d; }
              .release-graph .lanes { stroke: #7b8794; }
              .release-graph .star { fill: #a3afbb; stroke: #a3afbb; }
              .release-graph .pending .star { fill: #14181d; }
              .release-graph .database .star { fill: #4cc077; stroke: #4cc077; }
              .release-graph .code .star { stroke: #6aa6f5; }
              .release-graph .database text { fill: #4cc077; }
              .release-graph .code text { fill: #6aa6f5; }
            }
            """;

    private SvgStyle() {}
}
