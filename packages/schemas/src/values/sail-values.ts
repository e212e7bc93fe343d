/**
 * How Sail's `spec.values` differs from Istio's own values: sail hack/api_transformer/transform.yaml, main @ 328df99d.
 * Keys are `type.field`, or a type that has one form wherever it stands.
 */
export const asSailHasIt: Readonly<Record<string, string>> = {
  IntOrString: 'intOrString',
  // ResourceRequirements of Kubernetes; the maps take quantities.
  DefaultResourcesConfig: 'Resources',
  'Resources.limits': 'quantity{}',
  'Resources.requests': 'quantity{}',
  'Values.meshConfig': 'mesh.MeshConfig',
  'GlobalConfig.meshNetworks': 'mesh.Network{}',
  'GlobalConfig.imagePullPolicy': 'PullPolicy',
  'GlobalConfig.defaultNodeSelector': 'string{}',
  'SDSConfig.token': 'object',
  ...Object.fromEntries(['GlobalConfig', 'PilotConfig'].map((each) => [`${each}.tag`, 'string'])),
  ...Object.fromEntries(
    [
      'env',
      'deploymentLabels',
      'nodeSelector',
      'podAnnotations',
      'podLabels',
      'serviceAnnotations',
      'serviceAccountAnnotations',
    ].map((each) => [`PilotConfig.${each}`, 'string{}']),
  ),
  'PilotConfig.extraContainerArgs': 'string[]',
  'SidecarInjectorConfig.injectedAnnotations': 'string{}',
  'SidecarInjectorConfig.templates': 'string{}',
  // A probe and selectors of Kubernetes.
  'mesh.ProxyConfig.readiness_probe': 'object',
  'mesh.MeshConfig.discovery_selectors': 'object[]',
  'mesh.MeshConfig.ServiceScopeConfigs.namespace_selector': 'object',
  'mesh.MeshConfig.ServiceScopeConfigs.services_selector': 'object',
  'mesh.ServiceEntryVisibility.MatchRule.namespace_selector': 'object',
  'mesh.MeshConfig.ExtensionProvider.EnvoyFileAccessLogProvider.LogFormat.labels': 'string{}',
  'mesh.MeshConfig.ExtensionProvider.EnvoyOpenTelemetryLogProvider.LogFormat.labels': 'string{}',
}

/** Fields of Istio's values that Sail's do not have: what they are for is done by kinds of their own, or by nobody. */
export const noValues: ReadonlySet<string> = new Set([
  ...['cni', 'istio_cni', 'gateways', 'ownerName', 'ztunnel', 'revisionTags'].map((each) => `Values.${each}`),
  'CNIUsageConfig.chained',
  ...['enableCRDTemplates', 'enableIstioConfigCRDs', 'validateGateway'].map((each) => `BaseConfig.${each}`),
])
