export const ambientFindings = {
  waypoint: {
    'not-found': {
      title: 'Waypoint {{namespace}}/{{name}} does not exist',
      detail:
        'Traffic goes past it, straight to the workloads: routes, HTTP policies and telemetry of a waypoint do not hold.',
      fixes: { create: 'Create waypoint {{name}}' },
    },
    'not-ready': {
      title: 'Waypoint {{namespace}}/{{name}} has no address yet',
      detail: 'Until one of its Pods is ready traffic goes past it, straight to the workloads.',
    },
    closed: {
      title: 'Waypoint {{namespace}}/{{name}} does not take this namespace',
      detail:
        'Its HBONE listener says in allowedRoutes which namespaces may use it: traffic goes past it, straight to the workloads.',
      fixes: { 'let-in': 'Let {{namespace}} use {{name}}' },
    },
    'other-traffic': {
      title: 'Waypoint {{namespace}}/{{name}} does not take traffic of this kind: {{traffic}}',
      detail:
        'Its label istio.io/waypoint-for says what it takes: this traffic goes past it, straight to the workloads.',
      fixes: { 'all-traffic': 'Let {{name}} take all traffic' },
    },
    'no-clients': {
      title: 'Nobody goes through waypoint {{namespace}}/{{name}}: nothing in the mesh is in ambient mode',
      detail:
        'Only ztunnel sends traffic to a waypoint, and a gateway where istio.io/ingress-use-waypoint says so: sidecars go past it.',
    },
  },
  ambient: {
    'pod-with-sidecar': {
      title: 'The Pod asks for ambient mode and has a sidecar',
      detail: 'Istio leaves it to its sidecar: the label has no effect until the Pod is made again without one.',
    },
    'redirected-sidecar': {
      title: 'The Pod has a sidecar, and its traffic is redirected to ztunnel',
      detail: 'Two proxies take the same traffic: connections may fail. Make the Pod again.',
    },
    'sidecar-within': {
      title: 'The Pod has a sidecar, and namespace {{namespace}} is in ambient mode',
      detail: 'It stays with its sidecar until it is made again without one.',
    },
    'route-without-waypoint': {
      title: 'No waypoint carries out the route for {{namespace}}/{{name}}',
      detail: 'The Service is in ambient mode, and ztunnel knows no routes: its traffic is not routed by this one.',
    },
    'policy-without-waypoint': {
      title: 'The rule asks for HTTP, and its workloads have no waypoint',
      detail:
        'ztunnel sees no HTTP: a rule of ALLOW that asks for it never matches, one of DENY denies without regard to it. The action is {{action}}.',
    },
    'policy-for-ztunnel': {
      title: 'The rule asks for HTTP, and does not refer to the waypoint ({{waypoint}})',
      detail:
        'Without targetRefs a policy is ztunnel’s, which sees no HTTP: a rule of ALLOW that asks for it never matches, one of DENY denies without regard to it. The action is {{action}}.',
      fixes: { refer: 'Refer to waypoint {{name}}' },
    },
    'tokens-without-waypoint': {
      title: 'Nobody checks tokens here: the workloads have no waypoint',
      detail: 'They are in ambient mode, and ztunnel sees no HTTP.',
    },
    'tokens-for-ztunnel': {
      title: 'Nobody checks these tokens: the policy does not refer to the waypoint ({{waypoint}})',
      detail: 'A waypoint takes only what refers to it or to what it serves, and ztunnel sees no HTTP.',
      fixes: { refer: 'Refer to waypoint {{name}}' },
    },
    'plugin-without-waypoint': {
      title: 'Nobody runs the plugin: the workloads have no waypoint',
      detail: 'They are in ambient mode, and ztunnel runs no plugins.',
    },
    'plugin-for-ztunnel': {
      title: 'Nobody runs the plugin: it does not refer to the waypoint ({{waypoint}})',
      detail: 'A waypoint takes only what refers to it or to what it serves, and ztunnel runs no plugins.',
      fixes: { refer: 'Refer to waypoint {{name}}' },
    },
    'telemetry-without-waypoint': {
      title: 'Nobody carries out this Telemetry: the workloads have no waypoint',
      detail:
        'They are in ambient mode: ztunnel has metrics and logs of its own for connections, and does not read it.',
    },
    'telemetry-for-ztunnel': {
      title: 'Nobody carries out this Telemetry: a selector means no waypoint ({{waypoint}})',
      detail:
        'A waypoint takes what refers to it or to what it serves, and what is for the whole namespace; ztunnel does not read it.',
    },
  },
}
