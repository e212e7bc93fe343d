// Made by `pnpm --filter @orbweaver/schemas generate` from the definitions of istio.io/istio of each minor.

/** A field, or one value of it, and the minor that it came with; `*` in a path is each of a list or map. */
export type LaterField = { readonly path: readonly string[]; readonly only?: string; readonly since: string }

export const laterFields: ReadonlyMap<string, readonly LaterField[]> = new Map([
  [
    'networking.istio.io/DestinationRule',
    [
      { path: ['spec', 'subsets', '*', 'trafficPolicy', 'connectionPool', 'http', 'http2KeepAlive'], since: '1.31' },
      {
        path: ['spec', 'subsets', '*', 'trafficPolicy', 'loadBalancer', 'consistentHash', 'httpCookie', 'attributes'],
        since: '1.28',
      },
      { path: ['spec', 'subsets', '*', 'trafficPolicy', 'loadBalancer', 'zoneAwareLbSetting'], since: '1.31' },
      {
        path: ['spec', 'subsets', '*', 'trafficPolicy', 'outlierDetection', 'outlierDetectionHttpErrorCodes'],
        since: '1.31',
      },
      {
        path: [
          'spec',
          'subsets',
          '*',
          'trafficPolicy',
          'portLevelSettings',
          '*',
          'connectionPool',
          'http',
          'http2KeepAlive',
        ],
        since: '1.31',
      },
      {
        path: [
          'spec',
          'subsets',
          '*',
          'trafficPolicy',
          'portLevelSettings',
          '*',
          'loadBalancer',
          'consistentHash',
          'httpCookie',
          'attributes',
        ],
        since: '1.28',
      },
      {
        path: ['spec', 'subsets', '*', 'trafficPolicy', 'portLevelSettings', '*', 'loadBalancer', 'zoneAwareLbSetting'],
        since: '1.31',
      },
      {
        path: [
          'spec',
          'subsets',
          '*',
          'trafficPolicy',
          'portLevelSettings',
          '*',
          'outlierDetection',
          'outlierDetectionHttpErrorCodes',
        ],
        since: '1.31',
      },
      { path: ['spec', 'subsets', '*', 'trafficPolicy', 'retryBudget', 'budgetInterval'], since: '1.31' },
      { path: ['spec', 'trafficPolicy', 'connectionPool', 'http', 'http2KeepAlive'], since: '1.31' },
      { path: ['spec', 'trafficPolicy', 'loadBalancer', 'consistentHash', 'httpCookie', 'attributes'], since: '1.28' },
      { path: ['spec', 'trafficPolicy', 'loadBalancer', 'zoneAwareLbSetting'], since: '1.31' },
      { path: ['spec', 'trafficPolicy', 'outlierDetection', 'outlierDetectionHttpErrorCodes'], since: '1.31' },
      {
        path: ['spec', 'trafficPolicy', 'portLevelSettings', '*', 'connectionPool', 'http', 'http2KeepAlive'],
        since: '1.31',
      },
      {
        path: [
          'spec',
          'trafficPolicy',
          'portLevelSettings',
          '*',
          'loadBalancer',
          'consistentHash',
          'httpCookie',
          'attributes',
        ],
        since: '1.28',
      },
      {
        path: ['spec', 'trafficPolicy', 'portLevelSettings', '*', 'loadBalancer', 'zoneAwareLbSetting'],
        since: '1.31',
      },
      {
        path: ['spec', 'trafficPolicy', 'portLevelSettings', '*', 'outlierDetection', 'outlierDetectionHttpErrorCodes'],
        since: '1.31',
      },
      { path: ['spec', 'trafficPolicy', 'retryBudget', 'budgetInterval'], since: '1.31' },
    ],
  ],
  [
    'networking.istio.io/EnvoyFilter',
    [
      { path: ['spec', 'configPatches', '*', 'match', 'context'], only: 'WAYPOINT', since: '1.29' },
      { path: ['spec', 'configPatches', '*', 'match', 'waypoint'], since: '1.29' },
      { path: ['spec', 'configPatches', '*', 'patch', 'operation'], only: 'MERGE_AND_REPLACE_LIST', since: '1.31' },
    ],
  ],
  [
    'networking.istio.io/Gateway',
    [
      { path: ['spec', 'servers', '*', 'tls', 'caCertCredentialName'], since: '1.28' },
      { path: ['spec', 'servers', '*', 'tls', 'insecureSkipVerify'], since: '1.31' },
    ],
  ],
  [
    'networking.istio.io/ServiceEntry',
    [
      { path: ['spec', 'resolution'], only: 'DYNAMIC_DNS', since: '1.28' },
    ],
  ],
  [
    'networking.istio.io/Sidecar',
    [
      { path: ['spec', 'inboundConnectionPool', 'http', 'http2KeepAlive'], since: '1.31' },
      { path: ['spec', 'ingress', '*', 'connectionPool', 'http', 'http2KeepAlive'], since: '1.31' },
      { path: ['spec', 'ingress', '*', 'tls', 'caCertCredentialName'], since: '1.28' },
      { path: ['spec', 'ingress', '*', 'tls', 'insecureSkipVerify'], since: '1.31' },
    ],
  ],
  [
    'networking.istio.io/VirtualService',
    [
      { path: ['spec', 'http', '*', 'redirect', 'prefixRewrite'], since: '1.31' },
    ],
  ],
  [
    'security.istio.io/AuthorizationPolicy',
    [
      { path: ['spec', 'rules', '*', 'from', '*', 'source', 'notTrustDomains'], since: '1.30' },
      { path: ['spec', 'rules', '*', 'from', '*', 'source', 'trustDomains'], since: '1.30' },
    ],
  ],
  [
    'security.istio.io/RequestAuthentication',
    [
      { path: ['spec', 'jwtRules', '*', 'spaceDelimitedClaims'], since: '1.28' },
    ],
  ],
  [
    'telemetry.istio.io/Telemetry',
    [
      { path: ['spec', 'tracing', '*', 'customTags', '*', 'formatter'], since: '1.29' },
      { path: ['spec', 'tracing', '*', 'disableContextPropagation'], since: '1.30' },
    ],
  ],
])
