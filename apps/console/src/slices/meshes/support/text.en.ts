/** What goes into a support bundle, said before it is made. */
export const en = {
  action: 'Support bundle',
  title: 'Support bundle of mesh {{mesh}}',
  lead: 'One file for whoever helps you with this mesh. It is made with your own rights and sent nowhere.',
  has: 'What will be in it',
  part: {
    mesh: 'The Mesh with its status, stages, members and what istiod says of them, revisions, versions',
    drift: 'What the mesh asks of each cluster, what is there, and where they differ',
    checks: 'Preflight, asked now; findings about rules; the last 50 changes with the places they wrote',
    clusters: 'Of each cluster: Sail objects, webhooks, istiod and gateways, nodes, capabilities, mesh configuration',
    happened: 'Events of the mesh’s namespaces, and the last lines of istiod and of the Sail Operator',
    console: 'Version of Orbweaver, and how old what it knows of each cluster is',
    unread: 'What could not be read, why, and the right that is missing',
  },
  hasNot: 'What will not',
  secrets:
    'Secrets are not read. Of everything else only fields that are known to hold none are kept, words of logs and messages too; rules are left out.',
  bounds:
    'At most 16 MiB before it is compressed. After 20 s no cluster is asked any more; what is missing then is named.',
  verb: 'Make and download',
  making: 'Asking the clusters',
  made: 'Downloaded: {{file}}, {{size}} kB',
}
