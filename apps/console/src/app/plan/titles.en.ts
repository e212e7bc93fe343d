import type { IntentType } from '@orbweaver/contracts/intent'

/** What a plan would do, in words. An intent without a title does not compile. */
export const titles: Record<IntentType, string> = {
  'clusters.prepare-hub': 'Prepare this hub',
  'clusters.register': 'Register cluster {{name}}',
  'clusters.edit': 'Edit cluster {{name}}',
  'clusters.remove': 'Remove cluster {{name}}',
  'meshes.create': 'Create mesh {{name}}',
  'meshes.update': 'Change mesh {{name}}',
  'meshes.join': 'Join clusters to mesh {{name}}',
  'meshes.leave': 'Take clusters out of mesh {{name}}',
  'meshes.repair': 'Repair mesh {{name}}',
  'meshes.delete': 'Delete mesh {{name}}',
  'sidecars.namespaces': 'Change injection of namespaces in mesh {{mesh}}',
  'sidecars.workloads': 'Change injection of workloads in mesh {{mesh}}',
  'sidecars.restart': 'Restart workloads in mesh {{mesh}}',
  'objects.create': 'Create {{kind}} {{name}}',
  'objects.edit': 'Change {{kind}} {{name}}',
  'objects.delete': 'Delete {{kind}} {{name}}',
  'history.undo': 'Undo change {{change}}',
}

/** Titles that say more than their intent's type (apps/bff/src/slices/<word>/intents.ts). */
export const finerTitles = {
  'meshes.create': 'Create {{kind}} mesh {{name}}',
  'meshes.join': 'Join {{clusters}} to mesh {{name}}',
  'meshes.leave': 'Take {{clusters}} out of mesh {{name}}',
  'meshes.uninstall': 'Delete mesh {{name}} and uninstall it from its clusters',
  'meshes.forget': 'Forget mesh {{name}}; its clusters keep running it',
  'sidecars.namespaces.enable_one': 'Enable injection in namespace {{name}}',
  'sidecars.namespaces.enable_other': 'Enable injection in {{count}} namespaces',
  'sidecars.namespaces.disable_one': 'Disable injection in namespace {{name}}',
  'sidecars.namespaces.disable_other': 'Disable injection in {{count}} namespaces',
  'sidecars.namespaces.clear_one': 'Clear the injection policy of namespace {{name}}',
  'sidecars.namespaces.clear_other': 'Clear the injection policy of {{count}} namespaces',
  'sidecars.workloads.enable_one': 'Enable injection of workload {{name}}',
  'sidecars.workloads.enable_other': 'Enable injection of {{count}} workloads',
  'sidecars.workloads.disable_one': 'Disable injection of workload {{name}}',
  'sidecars.workloads.disable_other': 'Disable injection of {{count}} workloads',
  'sidecars.workloads.clear_one': 'Clear the injection policy of workload {{name}}',
  'sidecars.workloads.clear_other': 'Clear the injection policy of {{count}} workloads',
  'sidecars.restart_one': 'Restart workload {{name}}',
  'sidecars.restart_other': 'Restart {{count}} workloads',
  'history.undo.of': 'Undo: {{what}}',
  'meshes.uninstall.partly': 'Delete a mesh',
  'meshes.forget.partly': 'Delete a mesh',
}

/** The button that executes it: the verb, nothing else. */
export const verbs: Record<IntentType, string> = {
  'clusters.prepare-hub': 'Prepare the hub',
  'clusters.register': 'Register cluster',
  'clusters.edit': 'Apply changes',
  'clusters.remove': 'Remove cluster',
  'meshes.create': 'Create mesh',
  'meshes.update': 'Apply changes',
  'meshes.join': 'Join mesh',
  'meshes.leave': 'Leave mesh',
  'meshes.repair': 'Repair mesh',
  'meshes.delete': 'Delete mesh',
  'sidecars.namespaces': 'Change injection',
  'sidecars.workloads': 'Change injection',
  'sidecars.restart': 'Restart workloads',
  'objects.create': 'Create object',
  'objects.edit': 'Apply changes',
  'objects.delete': 'Delete object',
  'history.undo': 'Undo',
}
