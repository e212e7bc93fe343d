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
    'canary-unread': {
      title: 'This version of Istio knows no canary waypoints',
      detail:
        'istio.io/use-waypoint-canary is read from 1.31 on: until then all traffic goes through the waypoint that is asked for, and none through {{namespace}}/{{name}}.',
    },
    'canary-not-found': {
      title: 'The canary waypoint {{namespace}}/{{name}} does not exist',
      detail: 'Nothing goes through it: its share stays with the waypoint that istio.io/use-waypoint asks for.',
      fixes: { create: 'Create waypoint {{name}}' },
    },
    'canary-not-ready': {
      title: 'The canary waypoint {{namespace}}/{{name}} has no address yet',
      detail: 'Until one of its Pods is ready its share stays with the waypoint that istio.io/use-waypoint asks for.',
    },
    'canary-closed': {
      title: 'The canary waypoint {{namespace}}/{{name}} does not take this namespace',
      detail:
        'Its HBONE listener says in allowedRoutes which namespaces may use it: its share stays with the waypoint that istio.io/use-waypoint asks for.',
      fixes: { 'let-in': 'Let {{namespace}} use {{name}}' },
    },
    'canary-other-traffic': {
      title: 'The canary waypoint {{namespace}}/{{name}} does not take traffic for Services',
      detail:
        'Its label istio.io/waypoint-for says what it takes: its share stays with the waypoint that istio.io/use-waypoint asks for.',
      fixes: { 'all-traffic': 'Let {{name}} take all traffic' },
    },
    'canary-is-waypoint': {
      title: 'The canary waypoint is the one that is used already: {{namespace}}/{{name}}',
      detail: 'Nothing is divided: all traffic goes through it. Istio says so in the status, as CanarySameAsPrimary.',
      fixes: { without: 'Take {{labels}} out' },
    },
    'canary-alone': {
      title: 'Nothing goes to the canary waypoint {{namespace}}/{{name}}: there is none beside it',
      detail:
        'It gets a share of what goes through the waypoint of istio.io/use-waypoint, and none is asked for: traffic goes straight to the workloads.',
      fixes: { without: 'Take {{labels}} out' },
    },
    'canary-weight': {
      title: 'The share of the canary waypoint {{namespace}}/{{name}} is no whole number from 0 to 100: {{weight}}',
      detail:
        'All traffic goes through the waypoint that is asked for. Istio says so in the status, as CanaryInvalidWeight.',
      fixes: { percent: 'Write {{weight}}' },
    },
    'canary-idle': {
      title: 'The canary waypoint {{namespace}}/{{name}} gets no share',
      detail:
        'The annotation istio.io/use-waypoint-canary-weight says how many of a hundred new connections go through it; without it, none.',
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
    'target-without-waypoint': {
      title: 'No waypoint carries it out: {{kind}} {{name}}, to which it refers, uses none',
      detail:
        'What refers to a Service is read by the waypoint of that Service alone: sidecars and ztunnel leave it out.',
      fixes: { enrol: 'Let {{service}} use waypoint {{name}}' },
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
