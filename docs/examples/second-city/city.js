// The city: all that the pages know of it, with outline.js. Positions by hand, within a kilometre or two: for a picture only.
export const city = {
  name: '烟台市',
  centre: [37.46, 121.45],
  credit: '',
};

// [code, name, district, latitude, longitude]
export const places = [
  ["370602", "芝罘区", "芝罘区", 37.54, 121.40],
  ["370611", "福山区", "福山区", 37.50, 121.27],
  ["370612", "牟平区", "牟平区", 37.39, 121.60],
  ["370613", "莱山区", "莱山区", 37.51, 121.45],
  ["370614", "蓬莱区", "蓬莱区", 37.81, 120.76],
  ["370681", "龙口市", "龙口市", 37.65, 120.48],
  ["370682", "莱阳市", "莱阳市", 36.98, 120.71],
  ["370683", "莱州市", "莱州市", 37.18, 119.94],
  ["370685", "招远市", "招远市", 37.36, 120.40],
  ["370686", "栖霞市", "栖霞市", 37.34, 120.85],
  ["370687", "海阳市", "海阳市", 36.78, 121.16],
];

export const areas = places.map(([code, name]) => ({ code, name }));
