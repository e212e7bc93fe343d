export const upgradeFindings = {
  upgrade: {
    'mirror-host': {
      title: 'From {{since}} mirrored requests keep their host',
      detail:
        'Before, -shadow was put behind it: whoever tells them apart by the host has to do it otherwise. DISABLE_SHADOW_HOST_SUFFIX=false brings it back.',
    },
    'remaining-metrics': {
      title: 'From {{since}} nobody counts how much of these limits is left',
      detail:
        'Metrics of Envoy called …remaining_… stay at 0, in dashboards and alerts too. DISABLE_TRACK_REMAINING_CB_METRICS=false brings them back.',
    },
    'unready-endpoints': {
      title: 'From {{since}} proxies are told of endpoints that are not ready',
      detail:
        'They get no requests, but count in the shares that outlier detection and failover go by. minHealthPercent, or PILOT_AUTO_SEND_UNHEALTHY_ENDPOINTS=false, leaves it as it is.',
    },
    'entry-without-tunnel': {
      title: 'From {{since}} such workloads are reached by HBONE, and this entry does not say so',
      detail:
        'It was made before: until the workload registers again, or has the label networking.istio.io/tunnel=http, it is reached in plain text.',
      fixes: { 'say-tunnel': 'Label it networking.istio.io/tunnel=http, as istiod does when the workload registers' },
    },
    'patch-ends': {
      title: 'The patch is for proxies like {{expression}}: those of {{to}} are none',
      detail: 'With {{from}} it holds; a proxy that is restarted after the upgrade runs without it.',
      fixes: { 'also-after': 'Apply it to the next proxies too, where it fits their Envoy: {{expression}}' },
    },
    'patch-begins': {
      title: 'The patch is for proxies like {{expression}}: those of {{to}} are some',
      detail: 'With {{from}} it does not hold; a proxy that is restarted after the upgrade gets it.',
    },
    'gateway-left-out': {
      title: 'From {{since}} the proxies of {{gateway}} leave this Gateway out',
      detail:
        'istiod made them for a Gateway of another namespace: its ports are closed there. Move the Gateway to that namespace, or to proxies of your own; PILOT_ENABLE_STRICT_GATEWAY_MERGING=false leaves it as it is.',
    },
    'host-of-other-namespace': {
      title: 'From {{since}} {{host}} is that of {{after}}, no longer that of {{before}}',
      detail:
        'Where several namespaces have a host, sidecars without one of their own take a Kubernetes Service, else the oldest; before, the first in the alphabet. PILOT_SIDECAR_PICK_BEST_SERVICE_NAMESPACE=false leaves it as it is.',
    },
    'setting-gone': {
      title: 'From {{since}} istiod does not read {{setting}}',
      detail:
        'What it was set for has no effect after the upgrade: take it out, or find what has taken its place in the release notes.',
      fixes: { 'drop-setting': 'Take {{setting}} out' },
    },
    'field-later': {
      title: 'Istio {{to}} has no field {{field}}: it came with {{since}}',
      detail: 'Its API server leaves the field out, and the object does without it.',
      fixes: { 'drop-field': 'Take {{field}} out: the object does without it already now' },
    },
    'value-later': {
      title: 'Istio {{to}} has no {{value}} for {{field}}: it came with {{since}}',
      detail: 'Its API server refuses the object.',
    },
  },
}
