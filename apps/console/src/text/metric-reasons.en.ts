/** Why the Prometheus of a cluster says nothing, or not all (apps/bff/src/prometheus). */
export const metricReasonsEn = {
  'metrics.none': 'Nobody has said where the Prometheus of {{cluster}} is.',
  'metrics.silent': 'The Prometheus of {{cluster}} does not answer: {{what}}',
  'metrics.what.timeout': 'no answer in time.',
  'metrics.what.unreachable': 'no connection.',
  'metrics.what.tls': 'its certificate is not trusted.',
  'metrics.what.too_large': 'its answer is too large.',
  'metrics.what.bad_answer': 'its answer cannot be read.',
  'metrics.slow': 'The Prometheus of {{cluster}} has not answered yet. It is still being asked.',
  'metrics.refused':
    'The Prometheus of {{cluster}} refuses the console (HTTP {{status}}). Check its address and who may ask it.',
  'metrics.query_failed': 'The Prometheus of {{cluster}} cannot answer: {{error}}',
  'metrics.unreadable':
    'What answers for the Prometheus of {{cluster}} is no Prometheus. Check the address and its path.',
  'metrics.unlabelled':
    'The Prometheus of {{cluster}} has several clusters and no label tells them apart: vCPU and memory of sidecars belong to none. Name its cluster label.',
  'metrics.cluster_away': 'Cluster {{cluster}} cannot be reached, nor can the Prometheus in it.',
  'metrics.rights_unasked': 'Cluster {{cluster}} does not answer: what you may see of it is not known.',
  'metrics.cluster_unread': 'Cluster {{cluster}} is still being read.',
  'metrics.service_missing': 'Service {{service}}, named as the Prometheus of {{cluster}}, is not there.',
  'metrics.no_pod_ready': 'No Pod of the Prometheus of {{cluster}} is ready.',
}
