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
      missing: '{{cluster}} has no Sail Operator',
      'not-running': 'The Sail Operator of {{cluster}} has no ready Pod: nothing is installed until it runs',
      'version-not-offered': 'The Sail Operator of {{cluster}} does not install {{istio}}; its newest is {{newest}}',
      unknown: 'What the Sail Operator of {{cluster}} installs could not be read',
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
  },
  fix: {
    'register-cluster': 'Register the cluster',
    'check-cluster': 'Open the cluster and look at its connection',
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
  },
}
