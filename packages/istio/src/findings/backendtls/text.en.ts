export const backendTlsFindings = {
  backendtlspolicy: {
    'target-not-found': {
      title: '{{kind}} {{namespace}}/{{name}}, which the policy is for, does not exist',
      detail:
        'Istio reports TargetNotFound, and no client speaks TLS for it: a target is a Service or ServiceEntry of the policy’s own namespace, in the cluster that Istio reads its configuration from.',
      fixes: { kind: 'Apply to the {{kind}} of that name', name: 'Apply to {{name}}' },
    },
    'target-kind': {
      title: 'Istio applies no policy to {{kind}} {{name}}',
      detail: 'It reports TargetNotFound: a target is a Service, or a ServiceEntry of networking.istio.io.',
      fixes: { kind: 'Apply to the {{kind}} of that name', name: 'Apply to {{name}}' },
    },
    'section-not-found': {
      title: '{{name}} has no port named {{section}}',
      detail:
        'Istio reports TargetNotFound, and no client speaks TLS: sectionName is the name of a port, not its number. Ports there: {{ports}}.',
      fixes: { section: 'Name the port {{name}}', 'no-section': 'Leave the section out: there is one port' },
    },
    'ca-kind': {
      title: 'CA certificates are read from ConfigMaps, not from {{kind}} {{name}}',
      detail:
        'Istio reports InvalidKind. Gateways and waypoints cannot verify any server and get no connection; sidecars send plain text.',
    },
    'ca-without-certificate': {
      title: 'ConfigMap {{namespace}}/{{name}} holds no CA certificate',
      detail:
        'Istio looks for ca.crt or cacert. Gateways and waypoints cannot verify any server and get no connection; sidecars send plain text.',
    },
    'ca-several': {
      title: 'Of {{count}} CA certificate references only {{name}} counts',
      detail: 'Istio takes the first one: servers whose certificates come from the others are refused.',
      fixes: { 'first-only': 'Keep {{name}} alone' },
    },
    'ca-both': {
      title: 'The policy names CA certificates of its own, and those of {{name}}',
      detail: 'The API server takes one of them.',
      fixes: { own: 'Keep those of its own', system: 'Keep those of the system' },
    },
    'ca-none': {
      title: 'The policy does not say which CA certificates servers are verified by',
      detail: 'The API server asks for caCertificateRefs or wellKnownCACertificates.',
      fixes: { system: 'Use those of the system' },
    },
    'well-known-unknown': {
      title: 'Istio knows no CA certificates of the name {{name}}',
      detail:
        'It reports Invalid, and verifies servers by the CA certificates of the system: the name it knows is System.',
      fixes: { system: 'Say System' },
    },
    conflicted: {
      title: '{{winner}} is older and is for {{name}} too',
      detail:
        'Istio reports Conflicted: of several policies for one target, or one port of it, the oldest counts alone.',
      fixes: { 'remove-target': 'Remove the target: nothing comes of it' },
    },
    overridden: {
      title: 'DestinationRule {{rule}} keeps the policy from port {{ports}} of {{host}}',
      detail: 'What a DestinationRule says counts before a BackendTLSPolicy: {{because}}.',
      fixes: { 'no-export': 'Leave exportTo out of {{rule}}: everybody is what it means without' },
    },
    hidden: {
      title: 'Clients of {{namespace}} get nothing of the policy for {{host}}',
      detail:
        'They take the DestinationRule {{rule}} of their own namespace alone, and it does not say which TLS to speak. Say it there too.',
    },
    'strict-server': {
      title: 'Pod {{pod}} behind {{name}} takes mutual TLS of the mesh alone',
      detail:
        'Its proxy refuses the TLS that the policy tells clients to speak: every connection is closed. Policies are for servers without a proxy; in the mesh Istio encrypts by itself.',
    },
    'ambient-without-waypoint': {
      title: 'Ambient clients of {{host}} do not follow the policy: it has no waypoint',
      detail:
        'ztunnel speaks no TLS for a policy. Gateways and sidecars that call it do, and a waypoint does for the others.',
    },
    status: {
      title: '{{type}} is False: {{reason}}',
      detail:
        'Istio says: {{message}}. Without a valid CA certificate gateways and waypoints get no connection, and sidecars send plain text.',
    },
  },
}
