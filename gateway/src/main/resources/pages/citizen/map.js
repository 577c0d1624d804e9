// The map: Leaflet, loaded when a map is first shown. Without tiles it draws the areas of the city.
import { city } from './city.js';
import { outline } from './outline.js';
import { settings } from './api.js';

let library;

function leaflet() {
  // with its style, or its buttons would jump when that comes
  library ??= Promise.all([part('link', { rel: 'stylesheet', href: '/pages/leaflet/leaflet.css' }),
    part('script', { src: '/pages/leaflet/leaflet.js' })]).then(() => globalThis.L);
  return library;
}

function part(tag, properties) {
  return new Promise((done, broken) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.addEventListener('load', done);
    element.addEventListener('error', () => {
      library = undefined;
      broken(new Error('the map library did not come'));
    });
    document.head.append(element);
  });
}

/**
 * A map in this element. pins([{ lat, lon, text, title, kind }], chosen) shows places (WGS-84) that can be reached by
 * keyboard and calls chosen(index); here(lat, lon) marks where one is.
 */
export async function map(element) {
  const L = await leaflet();
  const view = L.map(element, { attributionControl: false, zoomControl: false, scrollWheelZoom: false, maxZoom: 17, minZoom: 7 });
  L.control.zoom({ zoomInTitle: '放大', zoomOutTitle: '缩小' }).addTo(view);
  L.control.attribution({ prefix: 'Leaflet' }).addTo(view);
  view.setView(city.centre, 11);
  await ground(L, view);
  const layer = L.layerGroup().addTo(view);
  let markers = [];
  let self;
  return {
    pins(list, chosen) {
      layer.clearLayers();
      markers = list.map((one, index) => L.marker([one.lat, one.lon], { icon: pin(L, one), title: one.title, alt: one.title,
        riseOnHover: true }).on('click', () => chosen(index)).addTo(layer));
      const points = list.map((one) => [one.lat, one.lon]).concat(self ? [self.getLatLng()] : []);
      if (points.length) {
        view.fitBounds(points, { padding: [28, 28], maxZoom: 15, animate: false });
      }
    },
    choose(index) {
      markers.forEach((marker, i) => {
        marker.getElement()?.classList.toggle('chosen-pin', i === index);
        marker.setZIndexOffset(i === index ? 1000 : 0);
      });
      if (markers[index]) {
        view.panTo(markers[index].getLatLng());
      }
    },
    here(lat, lon) {
      self?.remove();
      self = L.marker([lat, lon], { icon: L.divIcon({ className: '', html: '<div class="here"></div>', iconSize: [20, 20] }),
        title: '您的位置', alt: '您的位置', keyboard: false, interactive: false }).addTo(view);
    },
    clicked(work) {
      view.on('click', (event) => work(event.latlng.lat, event.latlng.lng));
    },
  };
}

function pin(L, one) {
  const text = document.createElement('span');
  text.textContent = one.text;
  const shape = Object.assign(document.createElement('div'), { className: 'pin ' + (one.kind ?? '') });
  shape.append(text);
  return L.divIcon({ className: '', html: shape, iconSize: [32, 32], iconAnchor: [16, 38] });
}

async function ground(L, view) {
  let known = { tiles: '' };
  try {
    known = await settings();
  } catch {
    known = { tiles: '' }; // the areas are drawn then
  }
  if (known.tiles) {
    L.tileLayer(known.tiles, { attribution: known.tilesAttribution, maxZoom: 18 }).addTo(view);
  }
  // under the places, which the lists name too
  const names = view.createPane('areas');
  names.style.zIndex = 420;
  names.setAttribute('aria-hidden', 'true');
  for (const area of outline) {
    const shape = L.polygon(area.rings, { color: '#8098ab', weight: 1.5, fill: !known.tiles, fillColor: '#fbfcfa', fillOpacity: 1,
      interactive: false }).addTo(view);
    if (!known.tiles) {
      shape.bindTooltip(area.name, { permanent: true, direction: 'center', pane: 'areas', className: 'area-name' });
    }
  }
  view.attributionControl.addAttribution(city.credit);
}
