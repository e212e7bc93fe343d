export const envoyfilterFindings = {
  envoyfilter: {
    'operation-ignored': {
      title: '{{operation}} does nothing to {{applyTo}}',
      detail: 'Istio leaves the patch out without a word.',
      fixes: { merge: 'Say MERGE' },
    },
    'bootstrap-ignored': {
      title: 'Nobody applies patches of the bootstrap',
      detail: 'Istio leaves the patch out: what Envoy starts with is changed by sidecar.istio.io/bootstrapOverride.',
    },
    'filter-unsaid': {
      title: '{{operation}} of {{applyTo}}, and it is not said of which: {{field}}',
      detail: 'Istio leaves the patch out: one of several is to be told by its name.',
    },
    'waypoint-context': {
      title: 'Nothing is patched in the context WAYPOINT',
      detail:
        'Istio never applies the patch. Waypoints are patched in the contexts of sidecars; targetRefs say which of them.',
    },
    'name-of-other-context': {
      title: 'In the context {{context}} nothing is called {{name}}',
      detail: 'The patch never matches: such names are those of {{contexts}}.',
      fixes: { context: 'Say {{right}}' },
    },
    'old-cluster-name': {
      title: 'No cluster is called {{name}} any more',
      detail:
        'The patch never matches: since 1.8 clusters for inbound traffic have neither a port name nor a host in theirs.',
      fixes: { 'new-name': 'Say {{right}}' },
    },
    'gateway-match-unread': {
      title: 'The patch is for more than {{said}}: in the context {{context}} that is not looked at',
      detail: 'Sidecars compare the name and the port of a route configuration only: every one they have is patched.',
      fixes: { context: 'Say {{right}}' },
    },
    'version-unsupported': {
      title: 'No proxy that is supported has a version like {{expression}}',
      detail: 'The patch is for versions before {{oldest}}, or for none at all: nothing is patched.',
    },
    'host-not-found': {
      title: 'The patch is for {{host}}, which nobody knows',
      detail: 'No Service and no ServiceEntry has the name: nothing is patched. Envoy’s names have the host in full.',
    },
    'filter-renamed': {
      title: 'No filter is called {{name}} any more',
      detail: 'Istio compares names as they are written: the patch never matches. It is {{right}} now.',
      fixes: { 'new-name': 'Say {{right}}' },
    },
  },
}
