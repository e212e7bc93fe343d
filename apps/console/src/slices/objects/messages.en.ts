/** Sentences for codes of the BFF's slice objects (apps/bff/src/slices/objects/intents.ts). */
export const en = {
  'objects.not_a_rule': '{kind} is none of the rules that are edited here.',
  'objects.wrong_cluster': 'Rules of this mesh live in cluster {wanted}, not in {cluster}.',
  'objects.bad_name': '“{name}” is no valid name: lower-case letters, digits and hyphens.',
  'objects.no_namespace': '{name} needs a valid namespace.',
  'objects.renamed': 'Kind, namespace and name of {name} cannot be changed. Create another object instead.',
  'objects.edited_since': '{kind} {name} was changed by somebody else in the same places. Close this and merge both versions in the editor.',
}
