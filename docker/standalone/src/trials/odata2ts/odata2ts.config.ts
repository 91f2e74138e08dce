import { ConfigFileOptions, EmitModes, Modes } from "@odata2ts/odata2ts";

// What the service gives itself is "managed": no type asks for it, or takes it, in a write.
const managed = ["createdon", "_createdby_value", "modifiedon", "_modifiedby_value", "versionnumber"];

const config: ConfigFileOptions = {
  mode: Modes.service,
  emitMode: EmitModes.ts,
  services: {
    rowstream: {
      source: "metadata.xml",
      output: "src/rowstream",
      serviceName: "Rowstream",
      propertiesByName: managed.map((name) => ({ name, managed: true })),
    },
  },
};

export default config;
