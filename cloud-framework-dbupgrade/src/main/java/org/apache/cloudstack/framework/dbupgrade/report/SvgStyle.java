package org.apache.cloudstack.framework.dbupgrade.report;

/** The colours and fonts of a drawing; the rules touch nothing outside it when it stands inside HTML. */
final class SvgStyle {

    static final String CSS = """

            .release-graph text { font-family: system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2933; }
            .release-graph .paper { fill: #ffffff; }
            .release-graph .follows { fill: none; stroke: #8795a5; stroke-width: 1.5; }
            .release-graph .lane { stroke-width: 3; }
            .release-graph .box { fill: #f4f6f8; stroke: #8795a5; stroke-width: 1.5; }
            .release-graph .pending .box { fill: #ffffff; stroke-dasharray: 6 4; }
            .release-graph .database .box { fill: #e3f3e8; stroke: #1b7a3d; stroke-width: 2.5; }
            .release-graph .code .box { stroke: #1d5fb8; stroke-width: 2.5; }
            .release-graph .version { font-size: 15px; font-weight: 600; }
            .release-graph .count { font-size: 12px; text-anchor: end; }
            .release-graph .label { font-size: 12px; fill: #52606d; }
            .release-graph .database-tag { fill: #1b7a3d; }
            .release-graph .code-tag { fill: #1d5fb8; }
            .release-graph .tag-text { font-size: 11px; font-weight: 600; text-anchor: middle; fill: #ffffff; }
            @media screen and (prefers-color-scheme: dark) {
              .release-graph text { fill: #e6eaee; }
              .release-graph .paper { fill: #14181d; }
              .release-graph .follows { stroke: #7b8794; }
              .release-graph .box { fill: #232a32; stroke: #7b8794; }
              .release-graph .pending .box { fill: #14181d; }
              .release-graph .database .box { fill: #173322; stroke: #4cc077; }
              .release-graph .code .box { stroke: #6aa6f5; }
              .release-graph .label { fill: #a3afbb; }
              .release-graph .database-tag { fill: #4cc077; }
              .release-graph .code-tag { fill: #6aa6f5; }
              .release-graph .tag-text { fill: #14181d; }
            }
            """;

    private SvgStyle() {}
}
