/** Why something cannot be planned, executed or undone, by the codes of apps/bff and packages/kube/src/kubeconfig. */
export const en = {
  hidden: '⟨hidden⟩',
  'plan.changed': 'What the plan would change was changed by somebody else.',
  'plan.new_finding': 'A new problem would be introduced: {{finding}} on {{name}}.',
  'plan.new_restart': 'Workload {{name}} would be restarted too.',
  'plan.nothing_to_do': 'Nothing would change: everything is already as asked for.',
  'plan.fleet_unread':
    'The console was started a moment ago and still reads the fleet’s records. Ask again in a moment.',
  'plan.cluster_syncing': 'Cluster {{cluster}} is still being read. Ask for the plan again in a moment.',
  'plan.cluster_unreachable': 'Cluster {{cluster}} cannot be reached. Wait until it answers, or leave it out.',
  'plan.forbidden': 'In cluster {{cluster}} you may not {{verb}} {{resource}}. Ask who administers it for this right.',
  'plan.console_forbidden':
    'In cluster {{cluster}} the console’s own account may not {{verb}} {{resource}}. Its page has the role to add.',
  'plan.refused': 'The API server refuses it: {{message}}',
  'plan.recreated': '{{kind}} {{name}} was deleted and made anew since. Its history cannot be applied to the new one.',
  'plan.already_exists': '{{kind}} {{name}} exists already. Choose another name, or edit the one that exists.',
  'plan.gone': '{{kind}} {{name}} does not exist any more.',
  'plan.clocks_differ':
    'The clock of the hub is {{seconds}} s ahead of the console’s. Set both by the same source, then confirm again.',
  'plan.too_large': 'One object of the change, or what was asked for, is too large to be kept (512 KiB).',

  'change.busy': 'Another change works on the same object.',
  'change.changed_since': 'The object was changed since the plan was made.',
  'change.mesh_gone':
    'Since the plan was made the mesh was deleted, or the cluster left it: nobody would give the sidecars this asks for. Leave it out.',
  'change.undone_gone':
    'The change that this takes back is kept no longer, so nobody can tell whether the mesh it asks for sidecars of still stands. Skip this item, and switch injection on where you need it.',
  'change.cluster_gone': 'The cluster is no longer registered.',
  'change.cluster_in_mesh':
    'Since the plan was made, a mesh has taken this cluster in: take it out of the mesh first, or skip this item.',
  'change.forbidden': 'The API server does not permit it.',
  'change.needs_skipped': 'Left out together with an item that it needs.',
  'change.part_missing':
    'Part {{part}} of {{count}} of this change is missing in the hub, or is not what the console stored. Nothing more of it is carried out: make the plan again.',
  'change.refused': 'The API server refused it.',
  'change.secret_lost': 'The secret this needs is gone. Make the plan again with its value.',
  'change.unknown_kind': 'The cluster does not know this kind.',
  'change.unreachable': 'The cluster cannot be reached.',

  'history.cannot_undo_item': '{{kind}} {{name}} cannot be brought back.',
  'history.changed_since': '{{kind}} {{name}} was changed since; undoing would lose that.',
  'history.not_kept': 'It deleted an object that was not kept: one larger than 64 KiB, or a Secret.',
  'history.not_undoable': 'It cannot be undone.',
  'history.nothing_done': 'Nothing of it was done.',
  'history.younger':
    '{{kind}} {{name}} is made again and is younger than before. Where rules compete, Istio prefers the older one.',
  'history.partly_hidden': 'A part of it is in places you cannot see; it can only be undone as a whole.',
  'history.restarts_stay_one': '{{count}} restart cannot be undone.',
  'history.restarts_stay_other': '{{count}} restarts cannot be undone.',
  'history.still_running': 'It is still running.',
  'history.unknown_change': 'The change is no longer kept.',

  'clusters.reserved_name': 'The name {{name}} is kept for the hub. Choose another.',
  'clusters.not_found': 'There is no cluster {{name}} that you can see.',
  'clusters.network_in_mesh':
    'The control plane of mesh {{mesh}} is in {{name}}: its network is in its values, in the gateways between networks and in every proxy of that cluster. Move it on the networks page of the mesh: that plans all of it.',
  'clusters.network_of_member':
    'Mesh {{mesh}} puts {{name}} on its network. Move it on the networks page of the mesh: that plans its namespace, its control plane, the gateways between networks and what must restart.',
  'clusters.peer_address_in_mesh':
    'istiod of mesh {{mesh}} reads {{name}} at the old address until the mesh is repaired.',
  'clusters.identity_changes':
    'People are spelled differently in {{name}} from then on: what they may do there goes by the new names.',
  'clusters.name_twice': 'Two of the clusters are named {{name}}. Each needs a name of its own.',
  'clusters.same_twice': '{{name}} is the same cluster as {{other}}: both contexts lead to it. Leave one of them out.',
  'clusters.leaving_mesh':
    'Mesh {{mesh}} is still being taken out of cluster {{name}}. Wait until it is, or leave the cluster behind in the mesh’s clusters.',
  'clusters.in_mesh': 'Cluster {{name}} is part of mesh {{mesh}}. Take it out of the mesh first.',
  'clusters.credentials_missing': 'The Secret with its credentials is missing. Register it again.',
  'clusters.leftovers_forbidden':
    'Not looked for in cluster {{cluster}}, because you may not read it: {{rights}}. The roles in deploy/rbac give it.',
  'clusters.leftovers_unread': 'Cluster {{cluster}} did not say what its istiod has left behind ({{reason}}).',
  'clusters.not_left_over': '{{kind}} {{name}} is not left over in this cluster, as far as you can see.',
  'clusters.definitions_take_objects_one': '{{count}} object that you can see goes with its definition.',
  'clusters.definitions_take_objects_other': '{{count}} objects that you can see go with their definitions.',
  'clusters.unread': 'It was not read yet.',
  'clusters.not_registered': 'The cluster is not registered.',

  'meshes.services_merge_one':
    '{{count}} service becomes one with the service of the same name in other clusters: {{services}}. Callers reach the endpoints of all.',
  'meshes.services_merge_other':
    '{{count}} services become one with those of the same name in other clusters: {{services}}. Callers reach the endpoints of all.',
  'meshes.service_differs.type': '{{service}} differs in its type (IST0170): {{says}}.',
  'meshes.service_differs.headless': '{{service}} is headless in some clusters only (IST0170): {{says}}.',
  'meshes.service_differs.external-name': '{{service}} differs in its external name (IST0170): {{says}}.',
  'meshes.service_differs.ports': '{{service}} differs in its ports (IST0170): {{says}}.',
  'meshes.service_differs.session-affinity': '{{service}} differs in its session affinity (IST0170): {{says}}.',
  'meshes.services_differ_more_one': '{{count}} more service differs.',
  'meshes.services_differ_more_other': '{{count}} more services differ.',
  'meshes.service_settings_in_values':
    'The values of mesh {{name}} set meshConfig.serviceSettings, which has the last word. Take it out of the values first.',
  'clusters.locality_later':
    'istiod takes the locality of a Pod’s node when the Pod’s endpoint is built and when its proxy connects: Pods that run already keep theirs until they are renewed.',
  'clusters.locality_scheduling':
    'Kubernetes goes by region and zone as well: new Pods are spread by them, volumes may be bound to them, and a cloud’s node controller may write its own back.',
  'meshes.not_found': 'There is no mesh {{name}} that you can see.',
  'meshes.has_no_members': 'Mesh {{name}} is of kind {{kind}}: only managed meshes have members.',
  'meshes.no_such_drift':
    'What was to be adopted into mesh {{name}} is no longer as it was shown, or is nothing that a mesh can say. Look at the drift again.',
  'meshes.drift_needs_object': 'The object is gone, and the mesh needs it: repair makes it again.',
  'meshes.drift_made_by_console':
    'Made from the mesh’s identity, networks or members; no field of the mesh says it otherwise.',
  'meshes.adopt_repairs_rest_one': '{{count}} other place that differs is written back as the mesh says.',
  'meshes.adopt_repairs_rest_other': '{{count}} other places that differ are written back as the mesh says.',
  'meshes.protected': 'Mesh {{name}} is protected from deletion. Take the protection off first.',
  'meshes.being_deleted': 'Mesh {{name}} is being deleted: nothing of it can be changed any more.',
  'meshes.left_behind': 'Cluster {{cluster}} is left behind: what is installed there stays.',
  'meshes.not_a_gateway': '{{kind}} {{name}} is no gateway of this mesh that you can see.',
  'meshes.import_keeps': '{{kind}} {{namespace}}/{{name}} is there in another form and is kept.',
  'meshes.import_replaces': '{{kind}} {{namespace}}/{{name}} is there in another form and is replaced.',
  'meshes.not_a_member': 'Cluster {{cluster}} is not in mesh {{name}}.',
  'meshes.cluster_taken': 'It is in mesh {{mesh}} already.',
  'meshes.cluster_unreachable': 'Cluster {{cluster}} cannot be reached just now.',
  'meshes.cluster_without_istio': 'No Istio was found in cluster {{cluster}}.',
  'meshes.istio_hidden': 'There is an Istio in cluster {{cluster}} that you may not see.',
  'meshes.control_plane_elsewhere':
    'Cluster {{cluster}} is served by an istiod in another cluster. Adopt it where that istiod runs.',
  'meshes.clusters_unhealthy_one': '{{count}} cluster is not healthy.',
  'meshes.clusters_unhealthy_other': '{{count}} clusters are not healthy.',
  'meshes.members_unserved_one': 'istiod does not serve member {{clusters}}.',
  'meshes.members_unserved_other': 'istiod does not serve {{count}} members: {{clusters}}.',
  'meshes.inject_at_join_one':
    '{{count}} namespace asks for sidecars from then on. Its Pods get one when they are started after the cluster is served: restart them on the page of sidecars.',
  'meshes.inject_at_join_other':
    '{{count}} namespaces ask for sidecars from then on. Their Pods get one when they are started after the cluster is served: restart them on the page of sidecars.',
  'meshes.member_unreachable':
    'Nothing is written to it: {{what}}. The rest of the mesh goes on, and it catches up when it answers. If it is gone for good, take it out of the mesh.',
  'meshes.leave_timed_out':
    'istiod timed out on {{cluster}}. Deleting the Secret of such a cluster can stop istiod from taking up other clusters: if later members stay unknown to it, restart istiod. Or repair first.',
  'meshes.istiod_not_permitted':
    'You may not list Pods in namespace {{namespace}} of {{cluster}}, so what its istiod says is not told to you.',
  'meshes.events_unread': 'Events of namespace {{namespace}} in {{cluster}} were not read: {{what}}.',
  'meshes.logs_unread': 'The log of istiod in {{cluster}} was not read: {{what}}.',
  'meshes.istiod_away': 'Cluster {{cluster}} cannot be reached just now, so its istiod was not asked.',
  'meshes.istiod_unread': 'Cluster {{cluster}} was not read yet, so its istiod was not asked.',
  'meshes.istiod_none_ready': 'No istiod of this mesh is ready in {{cluster}}.',
  'clusters.prometheus_without_address':
    'Credentials of a Prometheus are for one that has an address: {{name}} names none.',
  'meshes.istiod_slow': 'istiod in {{cluster}} takes long to answer. It is being asked.',
  'meshes.istiod_silent': '{{pod}} could not be asked: {{what}}.',
  'meshes.istiod_refused': '{{pod}} does not tell: it answered {{status}}.',
  'meshes.istiod_unreadable': 'The answer of {{pod}} cannot be read.',
  'meshes.pods_pending_restart_one': '{{count}} Pod waits for a restart.',
  'meshes.pods_pending_restart_other': '{{count}} Pods wait for a restart.',
  'meshes.drift_one': '{{count}} object differs from what the mesh says.',
  'meshes.drift_other': '{{count}} objects differ from what the mesh says.',

  'sidecars.not_a_workload': '{{kind}} {{name}} is no workload that can be restarted.',
  'sidecars.mesh_being_deleted': 'Mesh {{name}} is being deleted: injection can only be taken back.',
  'sidecars.not_in_mesh': 'Cluster {{cluster}} is not in this mesh.',
  'meshes.settings_wait_for_restart_one':
    '{{count}} workload ({{pods}} Pods with a sidecar) has to restart for all of it.',
  'meshes.settings_wait_for_restart_other':
    '{{count}} workloads ({{pods}} Pods with a sidecar) have to restart for all of it.',
  'meshes.governs_other':
    'Settings, certificates, what istiod says and findings are read from revision {{to}} ({{toVersion}}) from now on, no longer from {{from}} ({{fromVersion}}). Nothing is written into the cluster: namespaces go on asking for the revision they ask for.',
  'meshes.governed_differs': '{{what}}: {{before}} → {{after}}',
  'meshes.governed_incomplete': 'The two may differ in more: some of what they say lies in objects you may not read.',
  'meshes.proxies_stay_one':
    '{{count}} Pod has a proxy of {{revision}}, and keeps it until its namespace asks for the other and it restarts.',
  'meshes.proxies_stay_other':
    '{{count}} Pods have a proxy of {{revision}}, and keep it until their namespaces ask for the other and they restart.',
  'meshes.proxies_governed_one': '{{count}} Pod has a proxy of {{revision}} already.',
  'meshes.proxies_governed_other': '{{count}} Pods have a proxy of {{revision}} already.',
  'meshes.workloads_not_listed_one': '{{count}} more is not listed.',
  'meshes.workloads_not_listed_other': '{{count}} more are not listed.',
  'sidecars.pending_restart_one': '{{count}} workload keeps its Pods as they are until it is restarted.',
  'sidecars.pending_restart_other': '{{count}} workloads keep their Pods as they are until they are restarted.',
  'sidecars.hidden_workloads_one': '{{count}} workload is concerned that you cannot see.',
  'sidecars.hidden_workloads_other': '{{count}} workloads are concerned that you cannot see.',
  'check.operator.absent': '{{cluster}} has no Sail Operator: an Istio can be adopted there, a mesh cannot be created',
  'check.operator.found': 'The Sail Operator is there; the newest Istio it installs is {{newest}}',
  'check.cluster.same': 'They lead to {{name}}, the cluster that is registered',
  'check.cluster.another': 'They lead to another cluster than {{name}}: register that one under a name of its own',
  'check.cluster.unidentified':
    'Whether they lead to {{name}} cannot be told: this account may not read the namespace kube-system',
  'check.cluster.unconfirmed': '{{name}} was never reached, so nobody can tell whether these lead to the same cluster',
  'check.cluster.registered-already': '{{cluster}} is registered already, as {{name}}',
  'stage.running': 'It has begun.',
  'stage.failed': 'It failed.',

  'kubeconfig.too_large': 'The kubeconfig is too large.',
  'kubeconfig.malformed': 'The kubeconfig cannot be read at line {{line}}, column {{column}}.',
  'kubeconfig.exec':
    'This kubeconfig runs the program {{command}} to sign in ({{field}}), which the console cannot do. Make a ServiceAccount for it instead, with the commands below.',
  'kubeconfig.auth_provider':
    'This kubeconfig signs in by the auth provider {{name}} ({{field}}), which the console cannot use. Make a ServiceAccount for it instead, with the commands below.',
  'kubeconfig.too_complex': 'This is nested deeper than any kubeconfig ({{field}}).',
  'kubeconfig.too_many_aliases': 'This uses more YAML aliases than any kubeconfig ({{field}}).',
  'kubeconfig.not_a_kubeconfig': 'This is no kubeconfig: {{field}} is not as it should be.',
  'kubeconfig.no_contexts': 'The kubeconfig has no context.',
  'kubeconfig.too_many_contexts': 'The kubeconfig has too many contexts.',
  'kubeconfig.no_such_context': 'The kubeconfig has no context of that name.',
  'kubeconfig.not_offered': 'This context is not offered by the console’s own kubeconfig.',
  'kubeconfig.missing_cluster': 'The context names a cluster that is not in the kubeconfig ({{field}}).',
  'kubeconfig.missing_user': 'The context names a user that is not in the kubeconfig ({{field}}).',
  'kubeconfig.bad_value': '{{field}} is not text, or not base64.',
  'kubeconfig.bad_server': '{{field}} is no address of an API server.',
  'kubeconfig.bad_proxy': '{{field}} is no address of a proxy.',
  'kubeconfig.bad_server_name': '{{field}} is no server name.',
  'kubeconfig.bad_certificate': '{{field}} is no certificate.',
  'kubeconfig.bad_key': '{{field}} is no private key.',
  'kubeconfig.bad_token': '{{field}} is no token.',
  'kubeconfig.key_mismatch': 'Certificate and key do not belong together ({{field}}).',
  'kubeconfig.insecure_with_authority':
    '{{field}} says both to trust an authority and not to check at all. Keep one of them.',
  'kubeconfig.file_reference':
    '{{field}} names a file on your disk. Put its content in: kubectl config view --raw --flatten.',
  'kubeconfig.file_unreadable': 'The file that {{field}} names cannot be read.',
  'kubeconfig.token_file': '{{field}} names a file with the token. Put the token itself in.',
  'kubeconfig.basic_auth': 'User name and password ({{field}}) are no longer taken by Kubernetes.',
  'kubeconfig.impersonation':
    '{{field}} impersonates somebody. The console does so by itself: give the account behind it.',
  'kubeconfig.warning.insecure': 'The server’s certificate is not checked: whoever is in between can read everything.',
  'kubeconfig.warning.plaintext': 'The connection is not encrypted.',
  'kubeconfig.warning.anonymous': 'It has no credentials: the console would be anonymous.',
  'kubeconfig.warning.expired': 'Its certificate has expired.',

  'certificates.not_permitted':
    'You may not list Pods in {{namespace}} of cluster {{cluster}}, so its authority is not told.',
  'certificates.unread': 'The Secrets of cluster {{cluster}} were not read, so its authority is not known.',
  'certificates.none':
    'There is neither Secret cacerts nor istio-ca-secret in {{namespace}} of cluster {{cluster}} yet.',
  'certificates.webhooks_unread': 'The webhooks of cluster {{cluster}} were not read yet.',
  'certificates.webhooks_hidden': 'You may not list webhooks in cluster {{cluster}}.',
  'certificates.not_handed_out': 'istiod has handed out no root in cluster {{cluster}} yet.',
  'certificates.forward_not_permitted':
    'You may not connect to Pods in namespace {{namespace}} of {{cluster}} (create and get on pods/portforward), so they were not asked.',
  'certificates.served_unreadable': '{{pod}} shows no certificate that can be read.',
  'certificates.served_expired': 'The certificate that {{pod}} shows expired at {{at}}. Restart istiod.',
  'certificates.served_ends_soon': 'The certificate that {{pod}} shows expires in {{days}} days ({{at}}).',
  'certificates.served_untrusted':
    'The certificate that {{pod}} shows leads to no root that {{clusters}} trusts: proxies there cannot connect.',
  'certificates.served_name': 'The certificate that {{pod}} shows lacks the name that proxies call: {{host}}.',
  'certificates.proxy_silent': 'The proxy of {{pod}} could not be asked: {{what}}.',
  'certificates.proxy_refused': 'The proxy of {{pod}} does not tell: it answered {{status}}.',
  'certificates.proxy_unreadable': 'The proxy of {{pod}} tells of no workload certificate.',
  'certificates.not_ours': 'Mesh {{name}} is external: its authority is changed where it was installed.',
  'certificates.expired': '{{subject}} expired at {{at}}.',
  'certificates.ends_soon': '{{subject}} expires in {{days}} days ({{at}}).',
  'certificates.no_common_root':
    '{{clusters}} has no root in common with {{controlPlane}}: mutual TLS between them fails.',
  'certificates.chain_broken': '{{subject}} does not lead to a root by signatures: what it signs is trusted by nobody.',
  'certificates.not_taken': 'istiod in {{cluster}} has not taken the roots of its Secret. Restart istiod.',
  'certificates.unreadable': '{{file}} holds no certificate, or one that cannot be read.',
  'certificates.not_a_ca': '{{subject}} may not sign certificates: it is no CA, or its key usage lacks certSign.',
  'certificates.weak_key': 'The RSA key of {{subject}} has {{bits}} bits; at least 2048 are needed.',
  'certificates.expired_file': '{{subject}} in {{file}} expired at {{at}}.',
  'certificates.not_yet': '{{subject}} in {{file}} is not valid before {{at}}.',
  'certificates.key_unreadable':
    'ca-key.pem holds no private key that istiod can read (PKCS#8, PKCS#1 or SEC1, without a password).',
  'certificates.key_mismatch': 'The private key does not belong to the certificate.',
  'certificates.untrusted_issuer':
    'Running workloads do not trust {{subject}} yet. Add its root beside the present one first, then change what signs.',
  'certificates.drops_root':
    'Running workloads still show certificates of {{subject}}, and its root would be gone. Keep the present root in root-cert.pem.',
  'certificates.istiod_restarts':
    'istiod in {{cluster}} restarts to take it: it does not take these roots while it runs.',
  'certificates.no_self_signed':
    'There is no Secret istio-ca-secret with a key in {{namespace}} of cluster {{cluster}}: nothing can be signed with it.',
  'certificates.hold_handed':
    'istiod does not hand out the roots of its Secret in {{clusters}} yet. Restart istiod, or wait for it.',
  'certificates.hold_namespaces':
    'Namespaces in {{clusters}} still hold other roots in ConfigMap istio-ca-root-cert: istiod writes them, see its log.',
  'certificates.hold_pods':
    'Pods in {{clusters}} may still hold certificates and roots from before. Restart their workloads, or wait until {{until}}.',
  'certificates.doubt_unread': 'Not everything of {{clusters}} could be read: whether all there follow is not known.',
  'certificates.doubt_hidden': 'You may not see all Pods of {{clusters}}: the plan looks at them.',
  'certificates.doubt_since':
    'Since when istiod has these roots is not known: restart the workloads before going on, or wait until their certificates have run out.',
  'certificates.doubt_age':
    'Somebody else wrote these roots: {{subject}} is taken for the new one, since it was made last.',
  'certificates.drops_unused': 'If anything was signed under {{subject}} already, it is trusted by nobody afterwards.',

  'security.not_permitted':
    'Cluster {{cluster}}: you may not {{verb}} {{resource}} in all of its namespaces; shown are those of namespaces where you may.',
  'security.unread':
    'Cluster {{cluster}}: the console’s own account may not list Secrets there, or they were not read yet (role orbweaver-secret-reader).',
  'security.key_unreadable':
    'The private key cannot be read (PKCS#8, PKCS#1 or SEC1 as PEM, without a password; RSA or ECDSA).',
  'security.certificate_not_first': 'The key belongs to {{subject}}, which must be the first certificate of the file.',
  'security.chain_order': '{{subject}} did not issue the certificate before it: some clients refuse such a chain.',
  'security.taken_at_once': 'Gateways and clients take the new certificate at once; nothing restarts.',
  'security.not_tls':
    'Secret {{namespace}}/{{name}} in cluster {{cluster}} is of something else and is not overwritten.',
  'security.not_in_mesh': 'Cluster {{cluster}} is not in mesh {{mesh}}.',
  'security.authority': '{{name}} holds the authority of a mesh: it is changed on the page of certificates.',
  'security.in_use': 'Secret {{namespace}}/{{name}} in cluster {{cluster}} is in use by {{by}}.',
  'security.in_use_hidden':
    'Secret {{namespace}}/{{name}} in cluster {{cluster}} is in use by rules that you may not see.',
}
