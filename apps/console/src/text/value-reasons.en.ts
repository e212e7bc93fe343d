/** Why values of Istio are refused: packages/istio/src/values/refusals.ts. */
export const valueReasonsEn = {
  'meshes.value-owned.meshId':
    'Value {{path}} of {{cluster}} is the mesh’s own: it is set by the field Mesh ID. Take it out of the values.',
  'meshes.value-owned.clusterName':
    'Value {{path}} of {{cluster}} is the mesh’s own: it is the name under which the cluster is registered. Take it out of the values.',
  'meshes.value-owned.network':
    'Value {{path}} of {{cluster}} is the mesh’s own: it is set on the page of networks. Take it out of the values.',
  'meshes.value-owned.namespace':
    'Value {{path}} of {{cluster}} is the mesh’s own: it is the namespace of the control plane. Take it out of the values.',
  'meshes.value-owned.entrance':
    'Value {{path}} of {{cluster}} is the mesh’s own: it is the entrance of the control plane. Take it out of the values.',
  'meshes.value-owned.kind':
    'Value {{path}} of {{cluster}} is the mesh’s own: it follows from its kind. Take it out of the values.',
  'meshes.value-owned.version':
    'Value {{path}} of {{cluster}} is the mesh’s own: Sail makes it of the mesh’s name and version. Take it out of the values.',
  'meshes.value-unfit.unknown-near':
    'Istio {{minor}} knows no value {{path}} ({{cluster}}). Perhaps {{nearest}} is meant.',
  'meshes.value-unfit.unknown': 'Istio {{minor}} knows no value {{path}} ({{cluster}}). Take it out.',
  'meshes.value-unfit.bool': 'Value {{path}} ({{cluster}}) is true or false.',
  'meshes.value-unfit.string': 'Value {{path}} ({{cluster}}) is a text. Put it in quotes.',
  'meshes.value-unfit.int': 'Value {{path}} ({{cluster}}) is a whole number.',
  'meshes.value-unfit.number': 'Value {{path}} ({{cluster}}) is a number.',
  'meshes.value-unfit.duration':
    'Value {{path}} ({{cluster}}) is a time in seconds, as 90s or 0.5s: mesh configuration knows no other unit.',
  'meshes.value-unfit.goDuration': 'Value {{path}} ({{cluster}}) is a time with units, as 30m or 1h30m.',
  'meshes.value-unfit.quantity': 'Value {{path}} ({{cluster}}) is a quantity, as 100m or 128Mi.',
  'meshes.value-unfit.intOrString': 'Value {{path}} ({{cluster}}) is a whole number or a text.',
  'meshes.value-unfit.object': 'Value {{path}} ({{cluster}}) is a map.',
  'meshes.value-unfit.choice': 'Value {{path}} ({{cluster}}) is one of: {{members}}.',
  'meshes.value-unfit.list': 'Value {{path}} ({{cluster}}) is a list.',
  'meshes.value-unfit.map': 'Value {{path}} ({{cluster}}) is a map.',
  'meshes.value-note.deprecated': 'Value {{path}} is deprecated in Istio {{minor}}.',
  'meshes.value-note.default': 'Without a value of its own, {{path}} is {{to}} in Istio {{minor}}.',
}
