/** What a plan that changes a mesh's version says of the default revision, by the codes of packages/istio. */
export const upgradeReasonsEn = {
  'meshes.default_stays':
    'In {{cluster}}, istio-injection=enabled goes on meaning {{revision}}: its namespaces keep their sidecars, and settings changed from now on reach {{to}} alone, until the default is moved to {{to}} (under Revisions) and they restart.',
  'meshes.default_external':
    'Which revision is the default of mesh {{name}} is decided where its control plane was installed.',
  'meshes.default_missing':
    'Cluster {{cluster}} has no IstioRevisionTag default. Repair mesh {{name}}: it is made again.',
  'meshes.default_foreign':
    'IstioRevisionTag default in cluster {{cluster}} is not of mesh {{name}}: it means {{target}}. Whoever made it decides.',
  'meshes.default_not_ready': 'Revision {{revision}} is not ready in cluster {{cluster}}. Wait until it is.',
  'meshes.default_followers_one':
    'In {{cluster}}, istio-injection=enabled means {{revision}} from then on: {{count}} workload ({{pods}} Pods) has sidecars of {{from}} until it restarts. Nothing restarts by this change.',
  'meshes.default_followers_other':
    'In {{cluster}}, istio-injection=enabled means {{revision}} from then on: {{count}} workloads ({{pods}} Pods) have sidecars of {{from}} until they restart. Nothing restarts by this change.',
  'meshes.cron_jobs_follow_one':
    '{{count}} CronJob needs no restart: its next run is made anew. Its Pods of now ({{pods}}) keep their sidecar to their end.',
  'meshes.cron_jobs_follow_other':
    '{{count}} CronJobs need no restart: their next runs are made anew. Their Pods of now ({{pods}}) keep their sidecar to their end.',
  'meshes.jobs_follow_one':
    '{{count}} Job is never restarted: its Pods ({{pods}}) keep their sidecar to their end; a Pod that it starts later has the new one.',
  'meshes.jobs_follow_other':
    '{{count}} Jobs are never restarted: their Pods ({{pods}}) keep their sidecar to their end; a Pod that they start later has the new one.',
  'meshes.default_moves_one':
    'In member {{clusters}}, istio-injection=enabled means {{to}} as soon as it is ready there: what starts afterwards has its sidecar.',
  'meshes.default_moves_other':
    'In members {{clusters}}, istio-injection=enabled means {{to}} as soon as it is ready there: what starts afterwards has its sidecar.',
}
