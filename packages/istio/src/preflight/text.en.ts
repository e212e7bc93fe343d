/** One sentence an outcome (`topic.outcome` is the check's id), and one a fix. */
export const preflightText = {
  check: {
    reachable: {
      yes: '{{cluster}} answers',
      no: '{{cluster}} cannot be reached: {{reason}}',
      unregistered: '{{cluster}} is not registered',
      unread: '{{cluster}} is still being read; this takes a moment',
    },
    clock: {
      ok: 'The clocks differ by {{seconds}} s',
      skewed: 'The clock of {{cluster}} is {{seconds}} s off: tokens and certificates may be refused',
      unknown: 'The clock of {{cluster}} could not be compared',
    },
    'peer-address': {
      proved: 'istiod reads {{cluster}}, and says that it is synced',
      refuted:
        'istiod could not read {{cluster}} in time: look at its address ({{server}}), and at the token and authority in its remote Secret',
      stated: 'istiod will read {{cluster}} at {{server}}',
      assumed:
        'istiod will read {{cluster}} at {{server}}, the address this console uses; nobody has said that istiod reaches it',
      loopback: '{{server}} is a loopback address: istiod in another cluster cannot reach {{cluster}} there',
    },
    kubernetes: {
      ok: 'Kubernetes {{kubernetes}} suits Istio {{istio}}',
      untested: 'Istio {{istio}} is tested with Kubernetes {{from}} to {{to}}; {{cluster}} runs {{kubernetes}}',
      'too-old': 'Istio {{istio}} needs Kubernetes {{minimum}}; {{cluster}} runs {{kubernetes}}',
      unknown: 'Whether Kubernetes {{kubernetes}} suits Istio {{istio}} is not known',
    },
    operator: {
      ok: 'The Sail Operator of {{cluster}} installs {{istio}}',
      found: 'The Sail Operator of {{cluster}} installs Istio up to {{newest}}',
      missing: '{{cluster}} has no Sail Operator',
      absent: '{{cluster}} has no Sail Operator: managed and dedicated meshes need it, an external mesh does not',
      'not-running': 'The Sail Operator of {{cluster}} has no ready Pod: nothing is installed until it runs',
      'version-not-offered': 'The Sail Operator of {{cluster}} does not install {{istio}}; its newest is {{newest}}',
      unknown: 'What the Sail Operator of {{cluster}} installs could not be read',
    },
    prometheus: {
      unnamed: 'Nobody has said where the Prometheus of {{cluster}} is: there are no numbers of its traffic',
      known: 'Prometheus {{version}} has the metrics of {{cluster}}',
      found: 'A Prometheus has the metrics of {{cluster}}',
      empty: 'The Prometheus of {{cluster}} answers, and has no requests of its proxies',
      silent: 'No metrics of {{cluster}}: {{what}}',
    },
    permissions: {
      ok: 'All rights needed in {{cluster}} are there',
      missing: '{{count}} rights are missing in {{cluster}}: {{missing}}',
      unknown: 'Rights in {{cluster}} could not be asked',
    },
    'control-plane': {
      none: 'No other Istio in {{cluster}}',
      exists:
        'Istio {{version}} is in {{cluster}} already: revision {{revision}} in {{namespace}}, installed by {{installer}}',
      'name-taken': 'An Istio object named {{name}} exists in {{cluster}} and belongs to nobody here',
      'default-taken':
        '{{config}} (revision {{revision}}) answers istio-injection=enabled in {{cluster}} already: Pods would be injected twice',
      found: 'Found Istio {{version}}: revision {{revision}} in {{namespace}}, installed by {{installer}}',
      missing: 'No control plane with revision {{revision}} in {{namespace}} of {{cluster}}',
    },
    'load-balancer': {
      works: '{{assigned}} of {{total}} load balancers in {{cluster}} have an address',
      pending: 'None of the {{total}} load balancers in {{cluster}} has an address',
      'no-evidence':
        'No load balancer in {{cluster}} yet: whether it gives addresses will show when the entrance is made',
    },
    entrance: {
      loopback: 'Members cannot reach the loopback address {{address}}',
      'host-name': 'Members reach istiod by the name {{address}}, through an ExternalName Service on port 443',
      private: 'The entrance is reached at private addresses ({{address}})',
      public: 'The entrance may be open to the internet ({{address}})',
    },
    namespace: {
      ok: 'Namespace {{namespace}} of {{cluster}} can be used',
      'will-be-made': 'Namespace {{namespace}} will be made in {{cluster}}',
      terminating: 'Namespace {{namespace}} of {{cluster}} is being deleted',
      'moves-network':
        'Namespace {{namespace}} of {{cluster}} moves from network {{found}} to {{wanted}}; Pods that were injected before keep the old one until they are restarted',
      'other-network': 'Namespace {{namespace}} of {{cluster}} says network {{found}}, the mesh says {{wanted}}',
    },
    name: {
      ok: 'The name {{name}} is free',
      taken: 'A mesh named {{name}} exists',
      'too-long': 'Names made of {{revision}} are longer than Helm allows: choose a shorter name',
    },
    version: {
      'not-pinned': '{{version}} is an alias that moves by itself: choose a full version',
    },
    cluster: {
      'in-other-mesh': '{{cluster}} is in the mesh {{mesh}} already',
    },
    network: {
      assumed:
        'Nobody has said which network {{cluster}} is on: taken to reach the others’ Pods directly ({{network}})',
    },
    'gateway-api': {
      ok: 'Gateway API of {{cluster}} is served in the versions that Istio reads',
      absent: '{{cluster}} has no Gateway API: it is needed for its kinds only',
      beta: 'Gateway API of {{cluster}} serves no v1 of some kinds: an old release, which later versions of Istio stop reading',
      'too-old': 'Gateway API of {{cluster}} serves only versions that Istio does not read: its objects have no effect',
      unknown: 'The definitions of {{cluster}} could not be read',
    },
    'istio-crds': {
      ok: 'The definitions of Istio in {{cluster}} have no two owners ({{count}})',
      none: '{{cluster}} has no definitions of Istio: they come with the Sail Operator',
      going: 'Definitions of Istio in {{cluster}} are being deleted, and with them every rule of their kinds',
      'too-old': 'Definitions of Istio in {{cluster}} serve no v1',
      'two-owners':
        'The definitions of Istio in {{cluster}} have several owners ({{owners}}): whichever is upgraded last decides',
      unknown: 'The definitions of {{cluster}} could not be read',
    },
    webhooks: {
      ok: 'No Pod of {{cluster}} is injected by two installations',
      overlap: 'Namespaces of {{cluster}} whose Pods two installations inject: {{count}}',
      dead: 'Webhook {{config}} of {{cluster}} must answer, and its Service {{service}} is gone: what it sees is refused',
      unknown: 'The webhooks of {{cluster}} could not be read',
    },
    'data-plane': {
      none: 'No node of {{cluster}} has parts of an earlier mesh',
      cni: 'The nodes of {{cluster}} have Istio’s CNI plugin, from namespace {{namespace}}',
      'cni-missing': 'The mesh leaves traffic to Istio’s CNI plugin, and the nodes of {{cluster}} do not have it',
      'cni-not-ready':
        'Istio’s CNI plugin in namespace {{namespace}} of {{cluster}} does not run on every node: Pods there may not start',
      ztunnel: 'The nodes of {{cluster}} have a ztunnel, from namespace {{namespace}}: nothing of this mesh uses it',
      unknown: 'The DaemonSets of {{cluster}} could not be read',
    },
    'pod-security': {
      ok: 'No namespace of {{cluster}} that asks for injection forbids what a sidecar needs',
      cni: 'Sidecars in {{cluster}} need no rights of their own: Istio’s CNI plugin redirects their traffic',
      refuses:
        'Namespaces of {{cluster}} that ask for injection and refuse Pods with a sidecar, since they forbid NET_ADMIN and NET_RAW: {{count}}',
      unknown: 'The namespaces of {{cluster}} could not be read',
    },
    openshift: {
      found: '{{cluster}} is an OpenShift: Pods of the mesh need a security context constraint',
    },
    dns: {
      ok: '{{ready}} of {{total}} DNS Pods in {{cluster}} are ready',
      down: 'No DNS Pod in {{cluster}} is ready: sidecars cannot find istiod by its name',
      unknown: '{{cluster}} has no Service kube-dns: whether names are resolved there is not known',
    },
    inotify: {
      ok: 'No node of {{cluster}} has more than {{limit}} Pods',
      crowded:
        'A node of {{cluster}} has {{count}} Pods ({{nodes}} such nodes): Linux lets the user of all sidecars watch {{instances}} times, and more say "too many open files"',
      unknown: 'Nodes and Pods of {{cluster}} could not be read',
    },
    room: {
      ok: 'There is room for istiod in {{cluster}}: {{replicas}} × {{cpu}} CPU, {{memory}} memory',
      running: 'istiod runs in {{cluster}} already: {{replicas}} × {{cpu}} CPU, {{memory}} memory',
      tight:
        'istiod asks for {{replicas}} × {{cpu}} CPU, {{memory}} memory, and the nodes of {{cluster}} have room for {{places}}',
      unknown: 'How much room the nodes of {{cluster}} have is not known',
    },
    limits: {
      ok: 'No quota or limit of namespace {{namespace}} in {{cluster}} is in the way',
      'quota-full':
        'ResourceQuota {{name}} of namespace {{namespace}} in {{cluster}} leaves no room for istiod ({{amount}})',
      'too-small': 'LimitRange {{name}} of namespace {{namespace}} in {{cluster}} allows no istiod ({{amount}})',
      unknown: 'Quotas and limits of namespace {{namespace}} in {{cluster}} could not be read',
    },
    sizes: {
      ok: 'Amounts of CPU and memory can be meant as they are',
      unreadable: '{{field}}: {{value}} is no amount that Kubernetes reads',
      'without-unit': '{{field}}: {{value}} cannot be meant; without a unit memory is bytes and CPU is whole cores',
    },
    root: {
      ok: 'The root of trust of {{cluster}} is valid, and the same as the mesh’s where both have one',
      none: '{{cluster}} has no root of trust yet',
      differs:
        '{{cluster}} trusts another root than the control plane of the mesh: Pods there are not trusted until they restart',
      replaced:
        '{{cluster}} trusts another root from an earlier installation: Pods there are not trusted until they restart',
      ends: 'The root of trust of {{cluster}} ends in {{days}} days',
      expired: 'The root of trust of {{cluster}} ended {{days}} days ago: nothing that it signed is trusted',
      unreadable: 'The root of trust of {{cluster}} is no certificate',
      unknown: 'The root of trust of {{cluster}} could not be read',
    },
    identity: {
      ok: 'Nothing in {{cluster}} contradicts trust domain {{trustDomain}} and mesh ID {{meshId}}',
      'cluster-name-taken':
        'Revision {{revision}} in {{cluster}} calls this cluster {{found}}, the name of another cluster of the mesh',
      'other-network': 'Revision {{revision}} says that {{cluster}} is on network {{found}}, the mesh says {{wanted}}',
      'other-trust-domain':
        'Revision {{revision}} in {{cluster}} has trust domain {{found}}, the mesh has {{wanted}}: neither trusts Pods of the other',
      'other-name': 'istiod calls {{cluster}} {{found}}: telemetry and debug pages show that name',
      'mesh-id-taken': 'Mesh {{mesh}} has the mesh ID {{meshId}} as well',
    },
    'pod-network': {
      ok: 'The {{count}} clusters on network {{network}} have Pod ranges of their own',
      overlap:
        'Pods of {{cluster}} and of {{other}} have addresses of one range ({{range}}), and network {{network}} is one',
      'meets-services':
        'A Service of {{cluster}} has an address from the Pod range {{range}} of {{other}}: Pods there cannot be reached',
      unknown: 'The nodes of {{cluster}} do not say which range their Pods have: whether it overlaps is not known',
    },
    services: {
      same: 'Services that several clusters have are the same everywhere ({{count}})',
      differ:
        'Services that several clusters have, and that treat callers by where they are, since their definitions differ: {{count}} of {{total}}',
      unknown: 'The services of {{cluster}} could not be compared',
    },
    withheld: {
      told: '{{topic}}: you may not see what this is told from in {{cluster}}',
      between: '{{topic}}: you may not see all of what this is told from',
    },
  },
  fix: {
    'name-prometheus': 'Edit the cluster, and name the Service or the address of its Prometheus',
    'mend-prometheus': 'Look at its address, its rights and its Pods; edit the cluster where they are others',
    'scrape-proxies': 'Have it scrape the proxies (port 15020, /stats/prometheus), and check the cluster label',
    'register-cluster': 'Register the cluster',
    'check-cluster': 'Look at its address, its credentials and the way to it from the console',
    'synchronise-clocks': 'Synchronise the clocks of its control-plane nodes (NTP)',
    'state-peer-address': 'Set the peer address of the cluster: its API server as other clusters reach it',
    'upgrade-kubernetes': 'Upgrade Kubernetes, or choose an older Istio',
    'install-operator': 'Install the Sail Operator with these commands',
    'start-operator': 'Scale its Deployment up again, or look at its Pods and events',
    'upgrade-operator': 'Choose an offered version, or upgrade the Sail Operator with these commands',
    'grant-permissions': 'Have these rights granted, or ask somebody who has them',
    'choose-found': 'Choose one of the control planes that were found',
    'adopt-instead': 'Adopt it as an external mesh instead, or make sure the two do not meet',
    'choose-name': 'Choose another name',
    'free-default': 'Remove that default tag or revision, or adopt this Istio as an external mesh',
    'give-address': 'Give an address for the entrance instead of a load balancer',
    'restrict-entrance': 'Restrict it with annotations of your load balancer, or give an internal address',
    'wait-for-namespace': 'Wait until it is gone; look at its finalizers if it stays',
    'restart-workloads': 'Restart the injected workloads of that cluster afterwards, under Sidecars',
    'agree-on-network': 'Choose that network for the cluster, or correct the label topology.istio.io/network',
    'choose-version': 'Choose a full version',
    'choose-cluster': 'Choose another cluster, or take it out of that mesh first',
    'state-network': 'Choose the network of the cluster',
    'give-network': 'Give each gateway between networks an address by hand, or put the clusters on one network',
    'install-gateway-api': 'Install a newer release of Gateway API with this command',
    'wait-for-crds': 'Wait until they are gone, and install them again with the Sail Operator',
    'upgrade-crds': 'Upgrade the Sail Operator, or the definitions alone with these commands',
    'one-owner': 'Leave the definitions to one of them, and take the marks of the others off',
    'one-injector': 'Take the label of one of them off these namespaces, or uninstall one',
    'delete-webhook': 'Delete the webhook that an earlier installation left, or bring its Service back',
    'install-cni':
      'Install Istio’s CNI plugin (kind IstioCNI of the Sail Operator), or take it out of the mesh’s values',
    'look-at-daemonset': 'Look at the Pods of that DaemonSet and their events',
    'remove-ztunnel': 'Remove it with this command if no other mesh of the cluster uses it',
    'relax-pod-security': 'Allow it with these commands, or install Istio’s CNI plugin',
    'grant-scc': 'Grant it with this command; namespaces with sidecars need the same',
    'start-dns': 'Look at its Pods with this command',
    'raise-inotify': 'Look at the limit of the node with the first command, and raise it with the second',
    'make-room': 'Add nodes, choose a smaller size, or make room',
    'raise-limits': 'Raise it with this command, or choose a smaller size',
    'write-quantity': 'Write it with its unit, as 500m CPU or 2Gi memory',
    'restart-after-join': 'Restart the injected workloads of that cluster afterwards, under Sidecars',
    'change-root': 'Change the root of trust before it ends',
    'rename-cluster-id': 'Give that control plane the cluster’s own name as its cluster ID',
    'alias-trust-domain': 'Name the other trust domain among the trust domain aliases of the mesh',
    'choose-mesh-id': 'Choose another mesh ID, unless the two are meant to be one mesh',
    'separate-networks': 'Put the clusters on networks of their own: gateways between them need no routes to Pods',
    'align-services': 'Align their definitions, or keep the service local to its cluster',
  },
  /** What a check is about, by the first part of its id. */
  topic: {
    reachable: 'Connection',
    clock: 'Clock',
    'peer-address': 'Peer address',
    kubernetes: 'Kubernetes version',
    operator: 'Sail Operator',
    permissions: 'Rights',
    'control-plane': 'Istio that is there',
    'load-balancer': 'Load balancer',
    entrance: 'Entrance',
    namespace: 'Control-plane namespace',
    name: 'Name',
    version: 'Istio version',
    cluster: 'Cluster',
    network: 'Network',
    'gateway-api': 'Gateway API',
    'istio-crds': 'Definitions of Istio',
    webhooks: 'Webhooks',
    'data-plane': 'Node components',
    'pod-security': 'Pod Security',
    openshift: 'OpenShift',
    dns: 'DNS',
    inotify: 'Node limits',
    room: 'Room on nodes',
    limits: 'Quotas and limits',
    sizes: 'Amounts',
    root: 'Root of trust',
    identity: 'Identity',
    'pod-network': 'Pod ranges',
    services: 'Services of one name',
  },
}
