/** The ways between clusters of a mesh, part by part, and what moving a cluster to another network does. */
export const networkText = {
  'way-complete': 'Every part of the way is there, by what the clusters and istiod say. No request was sent to try it.',
  crossed:
    'Over the last 5 minutes {{rate}} requests per second got from {{from}} to {{to}}; {{percent}} % of them failed.',
  'crossed-in-vain':
    'Over the last 5 minutes {{rate}} requests per second went from {{from}} to {{to}}, and all of them failed: by the way, or in the service.',
  'not-permitted': 'You may not read what runs in {{namespace}} of {{cluster}}.',
  away: 'Cluster {{cluster}} cannot be read just now.',
  'label-agrees': 'The control-plane namespace of {{cluster}} carries the network {{network}}.',
  'label-differs':
    'The control-plane namespace of {{cluster}} carries the network {{label}} and not {{network}}: istiod goes by that label.',
  synced: 'istiod reads {{cluster}} and is in sync with it.',
  unserved:
    'istiod does not read {{cluster}} ({{state}}): it gives nobody endpoints of it, and cannot check its proxies.',
  syncing: 'istiod is still reading {{cluster}}.',
  'sync-unknown': 'Whether istiod reads {{cluster}} is not known.',
  'pods-unseen': 'You may not list the Pods of {{cluster}}, so which network their proxies announce is not known.',
  'stale-in':
    '{{pods}} Pods of {{cluster}} still announce another network than {{network}}: requests to them are sent there.',
  'stale-out':
    '{{pods}} Pods of {{cluster}} still take themselves to be on another network than {{network}}, and send by its ways.',
  'cidrs-overlap':
    'Pods of {{from}} and {{to}} have addresses of one range ({{cidr}}): on one network they cannot reach each other.',
  'cidrs-apart': 'Pods of {{from}} and {{to}} have addresses of different ranges.',
  'direct-unproved':
    'Both are on {{network}}: proxies dial Pod addresses directly. Whether these are routed shows in no object; only a request tells.',
  'gateway-missing':
    'No gateway leads into the network {{network}}: proxies dial Pod addresses directly, which another network does not route.',
  'gateway-unseen': 'Whether a gateway leads into {{network}} cannot be told: {{clusters}} cannot be read by you.',
  'no-address': 'Gateway {{name}} of {{cluster}} has no address that other networks could dial.',
  addressed: 'Gateway {{name}} leads into {{network}} at {{addresses}}.',
  'endpoints-unseen': 'You may not list who answers for gateway {{name}} of {{cluster}}.',
  'gateway-down': 'No Pod answers for gateway {{name}} of {{cluster}}.',
  'gateway-up': 'Pods that answer for gateway {{name}} of {{cluster}}: {{ready}}.',
  exposed: 'Gateway rule {{name}} lets other networks in.',
  'exposure-unseen': 'You may not list gateway rules in {{cluster}}, so whether {{name}} stands is not known.',
  'not-exposed':
    'Services are not exposed: gateway rule {{name}} of {{cluster}} is missing, so gateways let nobody in.',

  'move-first':
    'First, by itself: {{cluster}} goes from {{from}} to {{network}} in its namespace, its control plane and its east-west gateway, whose Pods restart. Pods without a sidecar are on {{network}} from then on.',
  'move-then':
    'Then, by you: {{pods}} Pods of {{workloads}} workloads in {{cluster}} stay on {{from}} until they are restarted. The networks page lists them when the mesh is ready again, and plans the restart.',
  'move-then-none': 'No Pod of {{cluster}} that you see has a sidecar: none must be restarted.',
  'move-then-unseen':
    'You may not list all Pods of {{cluster}}: those with a sidecar stay on {{from}} until they are restarted.',
  'move-meanwhile-through':
    'In between, requests to these Pods go to the gateways of {{from}} in {{others}}, which dial the Pods of {{cluster}} directly: where that is not routed they fail.',
  'move-meanwhile-direct':
    'In between nobody else is on {{from}}: istiod finds no gateway for it, and requests from elsewhere dial these Pods of {{cluster}} directly: where that is not routed they fail.',
  'move-direct':
    '{{clusters}} are on {{network}} together from then on and dial each other’s Pods directly. Where that is not routed, requests between them fail.',
  'move-makes-gateways':
    'The mesh has more than one network from then on: an east-west gateway is made in each of its clusters.',
  'move-removes-gateways':
    'The mesh has one network from then on: when every cluster is served on it, the east-west gateways and the rule that exposes services are removed.',
  'gateway-restarts':
    'The Pods of the east-west gateway in {{cluster}} are renewed; connections through it break, and are made again.',
  'gateway-address':
    'The address of the gateway in {{cluster}} changes: until proxies have heard of the new one (seconds), requests from other networks may fail.',
  'gateway-unused': 'The mesh has one network, so there is no east-west gateway: this is kept for when there is.',
  'host-name-address': 'istiod resolves {{address}} itself: it must be known to the DNS of the control-plane cluster.',
  'expose-off':
    'No request from one network to another is let in any more: services with endpoints only there fail at once.',
  'expose-on': 'Every service of the mesh can be reached from its other networks, by mutual TLS.',
  'expose-unused': 'The mesh has one network: nothing has to be exposed, and this is kept for when there are more.',
  'local-on':
    '{{hosts}}: every caller reaches endpoints in its own cluster alone, at once and without restarts. Callers in clusters without one get errors.',
  'local-off': '{{hosts}}: callers reach the endpoints of every cluster again, at once and without restarts.',
}
