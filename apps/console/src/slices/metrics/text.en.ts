export const en = {
  title: 'Metrics',
  range: 'Time range',
  ranges: { '15': '15 min', '60': '1 h', '360': '6 h', '1440': '24 h', '10080': '7 days' },
  reading: 'The other range is being read.',
  none: {
    title: 'Nobody has said where the Prometheus of this mesh is',
    hint: 'Once a cluster says where its Prometheus is, its sidecars’ load and its busiest services are shown here.',
    action: 'Say where the Prometheus of {{cluster}} is',
  },
}
