/** Plans about objects of a mesh and what is found about them (apps/bff/src/slices/objects). */
export const objectReasonsEn = {
  'objects.finding_gone': 'What was to be fixed on {{kind}} {{name}} is not found any more.',
  'objects.fix_outdated':
    '{{kind}} {{name}} has changed, and this fix does not apply to it any more. Look at the finding again.',
  'objects.mute_hides_one':
    '{{count}} finding is not shown any more, in lists and in plans, unless somebody asks for muted ones.',
  'objects.mute_hides_other':
    '{{count}} findings are not shown any more, in lists and in plans, unless somebody asks for muted ones.',
  'objects.unmute_shows_one': '{{count}} finding is shown again.',
  'objects.unmute_shows_other': '{{count}} findings are shown again.',
  'objects.bad_name': '“{{name}}” is no name Kubernetes takes: lower-case letters, digits, hyphens and dots.',
  'objects.no_namespace': '{{name}} needs a namespace.',
  'objects.not_a_rule': '{{kind}} is not edited here.',
  'objects.wrong_cluster': 'Rules of this mesh live in cluster {{wanted}}, not in {{cluster}}.',
  'objects.renamed': 'The name, namespace or kind of {{kind}} {{name}} cannot be changed. Create a new object instead.',
  'objects.edited_since': '{{kind}} {{name}} was changed by somebody else. Merge both versions, then plan again.',
}
