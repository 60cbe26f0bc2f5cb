// What Grafana's own types say that a dashboard of rows, single numbers and time series of Prometheus looks like.
import type * as grafana from "@grafana/grafana-foundation-sdk/dashboard";
import type * as prometheus from "@grafana/grafana-foundation-sdk/prometheus";
import type * as stat from "@grafana/grafana-foundation-sdk/stat";
import type * as timeseries from "@grafana/grafana-foundation-sdk/timeseries";

/** As a file has it: the values of enumerations instead of their names, and no functions. */
type Json<T> = T extends string
    ? `${T}`
    : T extends (infer Element)[]
      ? Json<Element>[]
      : T extends object
        ? { [Key in keyof T as T[Key] extends () => unknown ? never : Key]: Json<T[Key]> }
        : T;

/** Grafana puts in what is left out. */
type Some<T> = T extends (infer Element)[] ? Some<Element>[] : T extends object ? { [Key in keyof T]?: Some<T[Key]> } : T;

/** The types leave these open, as they differ by the kind of the panel. */
type PanelOf<Kind, Options, Custom> = Omit<grafana.Panel, "type" | "options" | "fieldConfig" | "targets"> & {
    type: Kind;
    options?: Some<Options>;
    targets: prometheus.Dataquery[];
    fieldConfig: Omit<grafana.FieldConfigSource, "defaults"> & {
        defaults: Omit<grafana.FieldConfig, "custom"> & { custom?: Some<Custom> };
    };
};

type Panel =
    | grafana.RowPanel
    | PanelOf<"stat", stat.Options, never>
    | PanelOf<"timeseries", timeseries.Options, timeseries.FieldConfig>;

export type Dashboard = Json<Omit<grafana.Dashboard, "panels"> & { panels: Panel[] }>;
