/** What a plan that changes a mesh's version says of the default revision, by the codes of packages/istio. */
export const upgradeReasonsEn = {
  'meshes.default_stays':
    'In {{cluster}}, istio-injection=enabled goes on meaning {{revision}}: its namespaces keep their sidecars, and settings changed from now on reach {{to}} alone, until IstioRevisionTag default points at {{to}} and they restart.',
  'meshes.default_moves_one':
    'In member {{clusters}}, istio-injection=enabled means {{to}} as soon as it is ready there: what starts afterwards has its sidecar.',
  'meshes.default_moves_other':
    'In members {{clusters}}, istio-injection=enabled means {{to}} as soon as it is ready there: what starts afterwards has its sidecar.',
}
